package org.almoner.coordinator;

import java.time.Duration;
import java.util.List;
import org.almoner.coordinator.starter.KnownAnswers;
import org.almoner.ledger.entry.Policy;
import org.almoner.ledger.entry.Succession;
import org.almoner.protocol.json.JsonValue;

/**
 * What the operator decides about a coordinator.
 *
 * @param origin name of the log, 1 to 200 characters without white space or plus signs, e.g. {@code
 *     log.example.org/2026}; never changes
 * @param software name and version of this program, 1 to 100 characters
 * @param meter version of the rule by which instructions are counted, 1 to 100 characters
 * @param maturity how long a line rests before it is settled, whole seconds
 * @param openPeriod whether statements may cover a year that has not closed
 * @param leaseMin shortest time from a grant to its deadline, 1 s to 30 days
 * @param retry how long an agent without work waits before it asks again, on average; 1 s to 1 h
 * @param renewal how long an agent with leases in hand waits before it says how far they have come,
 *     on average; 1 s to {@link #RENEWAL_MAX}
 * @param queueMax requests that may wait for the writer; more are told to come back
 * @param starters whether every agent begins with a starter unit; its module must be on the shelf
 * @param pilot whether the first units of a batch are run alone, before the rest of it is leased
 * @param succeeds the closed log that this one follows, named in its first entries; none or one
 */
public record Config(
    String origin,
    String software,
    String meter,
    Duration maturity,
    boolean openPeriod,
    Duration leaseMin,
    Duration retry,
    Duration renewal,
    int queueMax,
    boolean starters,
    boolean pilot,
    List<Succession> succeeds) {
  /** How long a line rests by default: the donor's window to object. */
  public static final Duration MATURITY = Duration.ofDays(14);

  /** Shortest lease by default. */
  public static final Duration LEASE_MIN = Duration.ofHours(1);

  /** Average wait of an agent without work, by default. */
  public static final Duration RETRY = Duration.ofSeconds(30);

  /** Average time between two renewals of an agent, by default. */
  public static final Duration RENEWAL = Duration.ofSeconds(150);

  /** Longest average time between two renewals: drawn around it, none is more than 300 s away. */
  public static final Duration RENEWAL_MAX = Duration.ofSeconds(200);

  /** Requests that may wait by default. */
  public static final int QUEUE_MAX = 10_000;

  /** Refuses what no coordinator can run with, naming the setting. */
  public Config {
    require("origin", origin.length() <= 200 && origin.matches("[^\\s+]+"), origin);
    require("software", !software.isBlank() && software.length() <= 100, software);
    require("meter", !meter.isBlank() && meter.length() <= 100, meter);
    long seconds = maturity.toSeconds();
    require(
        "maturity",
        seconds >= 0
            && seconds <= Policy.MATURITY_SECONDS_MAX
            && maturity.equals(Duration.ofSeconds(seconds)),
        maturity);
    require("leaseMin", within(leaseMin, Duration.ofSeconds(1), Duration.ofDays(30)), leaseMin);
    require("retry", within(retry, Duration.ofSeconds(1), Duration.ofHours(1)), retry);
    require("renewal", within(renewal, Duration.ofSeconds(1), RENEWAL_MAX), renewal);
    require("queueMax", queueMax >= 1 && queueMax <= 1_000_000, queueMax);
    succeeds = List.copyOf(succeeds);
    require("succeeds", succeeds.size() <= 1, succeeds);
    require("starters", !starters || meter.equals(KnownAnswers.METER), "known by another meter");
  }

  /** The defaults for a log of that name, without starter units and pilots. */
  public static Config of(String origin, String software, String meter) {
    return new Config(
        origin, software, meter, MATURITY, false, LEASE_MIN, RETRY, RENEWAL, QUEUE_MAX, false,
        false, List.of());
  }

  /** With another maturity. */
  public Config withMaturity(Duration other) {
    return new Config(
        origin,
        software,
        meter,
        other,
        openPeriod,
        leaseMin,
        retry,
        renewal,
        queueMax,
        starters,
        pilot,
        succeeds);
  }

  /** With another rule for years that have not closed. */
  public Config withOpenPeriod(boolean other) {
    return new Config(
        origin, software, meter, maturity, other, leaseMin, retry, renewal, queueMax, starters,
        pilot, succeeds);
  }

  /** With another shortest lease. */
  public Config withLeaseMin(Duration other) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        other,
        retry,
        renewal,
        queueMax,
        starters,
        pilot,
        succeeds);
  }

  /** With another average wait for agents without work. */
  public Config withRetry(Duration other) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        leaseMin,
        other,
        renewal,
        queueMax,
        starters,
        pilot,
        succeeds);
  }

  /** With another average time between renewals. */
  public Config withRenewal(Duration other) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        leaseMin,
        retry,
        other,
        queueMax,
        starters,
        pilot,
        succeeds);
  }

  /** With another bound for requests that wait. */
  public Config withQueueMax(int other) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        leaseMin,
        retry,
        renewal,
        other,
        starters,
        pilot,
        succeeds);
  }

  /** With or without starter units. */
  public Config withStarters(boolean other) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        leaseMin,
        retry,
        renewal,
        queueMax,
        other,
        pilot,
        succeeds);
  }

  /** With or without pilots. */
  public Config withPilot(boolean other) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        leaseMin,
        retry,
        renewal,
        queueMax,
        starters,
        other,
        succeeds);
  }

  /** As the first start of a log that follows a closed one. */
  public Config after(List<Succession> closed) {
    return new Config(
        origin,
        software,
        meter,
        maturity,
        openPeriod,
        leaseMin,
        retry,
        renewal,
        queueMax,
        starters,
        pilot,
        closed);
  }

  /** What the log says of these settings. */
  Policy policy() {
    return new Policy(Math.min(maturity.toSeconds(), JsonValue.INTEGER_MAX), openPeriod, software);
  }

  private static boolean within(Duration value, Duration min, Duration max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  private static void require(String setting, boolean holds, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "setting " + setting + " is out of bounds: " + value + "; see the settings page");
    }
  }
}
