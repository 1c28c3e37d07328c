package org.almoner.command.bench;

import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.lease.Grant;

/**
 * What load is put on the coordinator, and for how long.
 *
 * @param queued units that wait to be leased at any moment, at least; twice as many at most
 * @param perRequest leases asked for in one request and reported in one report
 * @param connections connections, each with one request under way at a time
 * @param seconds length of the counted interval
 * @param warmup seconds of the same load before it
 * @param folder where the coordinator's data folder is made; what is measured is its disk
 * @param jvm options of the coordinator's Java, such as for a profile; none is how it is served
 */
public record DispatchSettings(
    int queued,
    int perRequest,
    int connections,
    int seconds,
    int warmup,
    Path folder,
    List<String> jvm) {
  /** Most units that may wait. */
  public static final int QUEUED_MAX = 10_000_000;

  /** Most connections. */
  public static final int CONNECTIONS_MAX = 1_000;

  /** Longest interval, in seconds: one hour. */
  public static final int SECONDS_MAX = 3_600;

  /**
   * Agents of each connection, which take turns. Each belongs to a donor of its own, so that any
   * two may have replicas of one unit.
   */
  public static final int AGENTS_PER_CONNECTION = 8;

  /** Refuses what cannot be measured, naming the option. */
  public DispatchSettings {
    jvm = List.copyOf(jvm);
    require("--queued", queued, 100, QUEUED_MAX);
    require("--per-request", perRequest, 1, Grant.LEASES_MAX);
    require("--connections", connections, 1, CONNECTIONS_MAX);
    require("--seconds", seconds, 1, SECONDS_MAX);
    require("--warmup", warmup, 0, SECONDS_MAX);
  }

  private static void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          option + " takes " + min + " to " + max + ", got " + value);
    }
  }
}
