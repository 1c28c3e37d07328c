package org.almoner.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.contact.Allowance;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * How one agent is set up.
 *
 * @param home directory that is the agent's alone; everything it keeps lies below
 * @param coordinators whom to lend to, none twice; they share the time
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
 * @param dailyOctets octets that may be sent and received in a day, to and from all coordinators;
 *     {@link Long#MAX_VALUE} for any number
 */
public record AgentSettings(
    Path home,
    List<CoordinatorAddress> coordinators,
    Lent lent,
    int want,
    Duration workWanted,
    Duration renewal,
    String meter,
    String software,
    Computer computer,
    long blobOctetsMax,
    Duration stallMax,
    long dailyOctets) {
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

  /** Coordinators of one agent: each has threads and connections of its own. */
  public static final int COORDINATORS_MAX = 8;

  /** Refuses a number of leases that no grant may have. */
  public AgentSettings {
    coordinators = List.copyOf(coordinators);
    if (coordinators.isEmpty()
        || coordinators.size() > COORDINATORS_MAX
        || Set.copyOf(coordinators).size() < coordinators.size()) {
      throw new IllegalArgumentException(
          "coordinators: expected 1 to " + COORDINATORS_MAX + ", none twice, got " + coordinators);
    }
    if (dailyOctets < Allowance.DAILY_MIN) {
      throw new IllegalArgumentException(
          "octets a day: expected at least "
              + Allowance.DAILY_MIN
              + " (16 MiB), got "
              + dailyOctets);
    }
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

  /** Lends to one coordinator, holds so many leases, and renews them at the standard pace. */
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
        List.of(coordinator),
        lent,
        want,
        Duration.ZERO,
        RENEWAL_STANDARD,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax,
        Long.MAX_VALUE);
  }

  /** Lends to these. */
  public AgentSettings withCoordinators(List<CoordinatorAddress> addresses) {
    return new AgentSettings(
        home,
        addresses,
        lent,
        want,
        workWanted,
        renewal,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax,
        dailyOctets);
  }

  /** Moves no more than so many octets a day. */
  public AgentSettings withDailyOctets(long octets) {
    return new AgentSettings(
        home,
        coordinators,
        lent,
        want,
        workWanted,
        renewal,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax,
        octets);
  }

  /** Holds leases for that much processor time, instead of a number of them. */
  public AgentSettings withWork(Duration wanted) {
    return new AgentSettings(
        home,
        coordinators,
        lent,
        want,
        wanted,
        renewal,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax,
        dailyOctets);
  }

  /** Renews leases at another pace. */
  public AgentSettings withRenewal(Duration mean) {
    return new AgentSettings(
        home,
        coordinators,
        lent,
        want,
        workWanted,
        mean,
        meter,
        software,
        computer,
        blobOctetsMax,
        stallMax,
        dailyOctets);
  }
}
