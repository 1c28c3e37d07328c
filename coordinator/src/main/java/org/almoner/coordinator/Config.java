package org.almoner.coordinator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.almoner.coordinator.starter.KnownAnswers;
import org.almoner.coordinator.validation.Rule;
import org.almoner.ledger.entry.Policy;
import org.almoner.ledger.entry.Rates;
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
 * @param shares owners by name whose work is leased more often than that of the others, so many
 *     times; 1 to {@link #SHARE_MAX}, 1 for those who are not named
 * @param succeeds the closed log that this one follows, named in its first entries; none or one
 * @param archiveAfter how long after its last line a batch that is over stays in the store, 0 to
 *     ten years
 * @param referenceRate instructions in a millisecond that starter units reach on the operator's own
 *     computer, 1 to {@link Rates#RATE_MAX}; 0 when it was not measured
 * @param rules those in force against forged work; no setting leaves one out
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
    Map<String, Integer> shares,
    List<Succession> succeeds,
    Duration archiveAfter,
    long referenceRate,
    Set<Rule> rules) {
  /** How long a line rests by default: the donor's window to object. */
  public static final Duration MATURITY = Duration.ofDays(14);

  /** How long a batch that is over stays in the store by default. */
  public static final Duration ARCHIVE_AFTER = Duration.ofDays(90);

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

  /** Largest share of one owner. */
  public static final int SHARE_MAX = 1_000;

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
    rules = Set.copyOf(rules);
    require(
        "archiveAfter",
        within(archiveAfter, Duration.ZERO, Duration.ofSeconds(Policy.MATURITY_SECONDS_MAX)),
        archiveAfter);
    shares = Map.copyOf(shares);
    require("shares", shares.values().stream().allMatch(w -> w >= 1 && w <= SHARE_MAX), shares);
    require("referenceRate", referenceRate >= 0 && referenceRate <= Rates.RATE_MAX, referenceRate);
    require("succeeds", succeeds.size() <= 1, succeeds);
    require("starters", !starters || meter.equals(KnownAnswers.METER), "known by another meter");
  }

  /** The defaults for a log of that name, without starter units and pilots. */
  public static Config of(String origin, String software, String meter) {
    return new Config(
        origin,
        software,
        meter,
        MATURITY,
        false,
        LEASE_MIN,
        RETRY,
        RENEWAL,
        QUEUE_MAX,
        false,
        false,
        Map.of(),
        List.of(),
        ARCHIVE_AFTER,
        0,
        EnumSet.allOf(Rule.class));
  }

  /** With another maturity. */
  public Config withMaturity(Duration other) {
    return with(draft -> draft.maturity = other);
  }

  /** With another rule for years that have not closed. */
  public Config withOpenPeriod(boolean other) {
    return with(draft -> draft.openPeriod = other);
  }

  /** With another shortest lease. */
  public Config withLeaseMin(Duration other) {
    return with(draft -> draft.leaseMin = other);
  }

  /** With another average wait for agents without work. */
  public Config withRetry(Duration other) {
    return with(draft -> draft.retry = other);
  }

  /** With another average time between renewals. */
  public Config withRenewal(Duration other) {
    return with(draft -> draft.renewal = other);
  }

  /** With another bound for requests that wait. */
  public Config withQueueMax(int other) {
    return with(draft -> draft.queueMax = other);
  }

  /** With or without starter units. */
  public Config withStarters(boolean other) {
    return with(draft -> draft.starters = other);
  }

  /** With or without pilots. */
  public Config withPilot(boolean other) {
    return with(draft -> draft.pilot = other);
  }

  /** With other shares. */
  public Config withShares(Map<String, Integer> other) {
    return with(draft -> draft.shares = other);
  }

  /** As the first start of a log that follows a closed one. */
  public Config after(List<Succession> closed) {
    return with(draft -> draft.succeeds = closed);
  }

  /** With another time that a batch stays in the store. */
  public Config withArchiveAfter(Duration other) {
    return with(draft -> draft.archiveAfter = other);
  }

  /** With the rate of starter units on the operator's own computer. */
  public Config withReferenceRate(long other) {
    return with(draft -> draft.referenceRate = other);
  }

  /** With one rule left out, to show what it is for. */
  public Config without(Rule rule) {
    Set<Rule> others = new HashSet<>(rules);
    others.remove(rule);
    return with(draft -> draft.rules = others);
  }

  private Config with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** What is being changed before it is a value again. */
  private static final class Draft {
    private final Config from;
    private Duration maturity;
    private boolean openPeriod;
    private Duration leaseMin;
    private Duration retry;
    private Duration renewal;
    private int queueMax;
    private boolean starters;
    private boolean pilot;
    private Map<String, Integer> shares;
    private List<Succession> succeeds;
    private Duration archiveAfter;
    private long referenceRate;
    private Set<Rule> rules;

    Draft(Config from) {
      this.from = from;
      this.maturity = from.maturity;
      this.openPeriod = from.openPeriod;
      this.leaseMin = from.leaseMin;
      this.retry = from.retry;
      this.renewal = from.renewal;
      this.queueMax = from.queueMax;
      this.starters = from.starters;
      this.pilot = from.pilot;
      this.shares = from.shares;
      this.succeeds = from.succeeds;
      this.archiveAfter = from.archiveAfter;
      this.referenceRate = from.referenceRate;
      this.rules = from.rules;
    }

    Config config() {
      return new Config(
          from.origin,
          from.software,
          from.meter,
          maturity,
          openPeriod,
          leaseMin,
          retry,
          renewal,
          queueMax,
          starters,
          pilot,
          shares,
          succeeds,
          archiveAfter,
          referenceRate,
          rules);
    }
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
