package org.almoner.agent;

import java.nio.file.Path;
import java.time.Duration;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * How one agent is set up.
 *
 * @param home directory that is the agent's alone; everything it keeps lies below
 * @param coordinator whom to lend to
 * @param lent what units may take
 * @param want leases to hold at a time, 1 to {@link Grant#LEASES_MAX}; {@link #WANT_STANDARD} keeps
 *     one waiting while one runs
 * @param workWanted processor time to hold in leases, instead of {@code want}; zero when that
 *     decides
 * @param renewal how long the agent waits, on average, before it says again how far its leases have
 *     come, while the coordinator has not said; at most {@link #RENEWAL_MAX}
 * @param meter version of the rule by which the runner counts instructions
 * @param software name and version of this agent
 * @param computer what the coordinator is told of this computer
 * @param blobOctetsMax modules and inputs kept for another use, all together
 * @param stallMax a request that moves no octet for so long is broken off
 */
public record AgentSettings(
    Path home,
    CoordinatorAddress coordinator,
    Lent lent,
    int want,
    Duration workWanted,
    Duration renewal,
    String meter,
    String software,
    Computer computer,
    long blobOctetsMax,
    Duration stallMax) {
  /** Leases in hand, unless more units run at a time. */
  public static final int WANT_STANDARD = 2;

  /** Between two renewals, on average: two and a half minutes. */
  public static final Duration RENEWAL_STANDARD = Duration.ofSeconds(150);

  /** An agent with leases in hand comes at least so often, whatever it is told. */
  public static final Duration RENEWAL_MAX = Duration.ofMinutes(5);

  /** Modules and inputs kept: 2 GiB. */
  public static final long BLOB_OCTETS_STANDARD = 2L << 30;

  /** A request that moves no octet for 30 seconds is broken off. */
  public static final Duration STALL_STANDARD = Duration.ofSeconds(30);

  /** Refuses a number of leases that no grant may have. */
  public AgentSettings {
    if (want < 1 || want > Grant.LEASES_MAX) {
      throw new IllegalArgumentException(
          "leases to hold: expected 1 to " + Grant.LEASES_MAX + ", got " + want);
    }
    if (workWanted.isNegative() || workWanted.toSeconds() > LeaseRequest.SECONDS_MAX) {
      throw new IllegalArgumentException(
          "work to hold: expected up to "
              + LeaseRequest.SECONDS_MAX
              + " s of processor time, got "
              + workWanted.toSeconds()
              + " s");
    }
    if (renewal.isNegative() || renewal.isZero() || renewal.compareTo(RENEWAL_MAX) > 0) {
      throw new IllegalArgumentException(
          "time between renewals: expected up to " + RENEWAL_MAX.toSeconds() + " s");
    }
  }

  /** Holds so many leases, and renews them at the standard pace. */
  public AgentSettings(
      Path home,
      CoordinatorAddress coordinator,
      Lent lent,
      int want,
      String meter,
      String software,
      Computer computer,
      long blobOctetsMax,
      Duration stallMax) {
    this(
        home,
        coordinator,
        lent,
        want,
        Duration.ZERO,
        RENEWAL_STANDARD,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax);
  }

  /** Holds leases for that much processor time, instead of a number of them. */
  public AgentSettings withWork(Duration wanted) {
    return new AgentSettings(
        home,
        coordinator,
        lent,
        want,
        wanted,
        renewal,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax);
  }

  /** Renews leases at another pace. */
  public AgentSettings withRenewal(Duration mean) {
    return new AgentSettings(
        home,
        coordinator,
        lent,
        want,
        workWanted,
        mean,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax);
  }
}
