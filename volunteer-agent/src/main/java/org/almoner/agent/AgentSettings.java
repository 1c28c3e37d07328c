package org.almoner.agent;

import java.nio.file.Path;
import java.time.Duration;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.protocol.lease.Grant;

/**
 * How one agent is set up.
 *
 * @param home directory that is the agent's alone; everything it keeps lies below
 * @param coordinator whom to lend to
 * @param lent what units may take
 * @param want leases to hold at a time, 1 to {@link Grant#LEASES_MAX}; {@link #WANT_STANDARD} keeps
 *     one waiting while one runs
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
    String meter,
    String software,
    Computer computer,
    long blobOctetsMax,
    Duration stallMax) {
  /** Leases in hand, unless more units run at a time. */
  public static final int WANT_STANDARD = 2;

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
  }
}
