package org.almoner.coordinator.calibration;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * What rates computers reach, in instructions for each millisecond of processor time: the best of
 * each donor, for each release and for starter units; computers without a donor have no voice. Used
 * on the writer's thread.
 *
 * <p>Kept in memory, and written at most every ten minutes for each release: a restart may forget
 * what is newer, which moves a percentile by nothing that matters.
 */
public final class Calibration {
  /** A line of less processor time says nothing of a computer's rate, in milliseconds: 100. */
  static final long LINE_MS_MIN = 100;

  private static final String STARTER = "starter";

  private final Floors floors;
  private final BestRates starters;
  private final Map<Hash, BestRates> releases = new LinkedHashMap<>(16, 0.75f, true);
  private Optional<LoggedRates> logged;

  private Calibration(Floors floors, BestRates starters, Optional<LoggedRates> logged) {
    this.floors = floors;
    this.starters = starters;
    this.logged = logged;
  }

  /**
   * Reads what was written.
   *
   * @param reference rate of starter units on the operator's computer; 0 when it was not measured
   */
  public static Calibration load(RowStore store, long reference) throws IOException {
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(BestRates.FAMILY, rows::put);
    Optional<Bytes> known = Optional.ofNullable(rows.remove(BestRates.FAMILY + STARTER));
    BestRates starters =
        known.isPresent()
            ? BestRates.parse(BestRates.FAMILY + STARTER, known.get())
            : new BestRates(STARTER);
    Calibration read = new Calibration(new Floors(reference), starters, LoggedRates.load(store));
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      BestRates rates = BestRates.parse(row.getKey(), row.getValue());
      read.releases.put(Hash.parseHex(rates.name()), rates);
    }
    return read;
  }

  /** A line of the release has an outcome: what was agreed with its count tells a rate. */
  public void decided(Group group, Hash release, Replica replica) {
    boolean starter = replica.outcome() == Outcome.STARTER;
    long cpuMs = replica.took().cpuMs();
    boolean told = starter || replica.outcome() == Outcome.ACCEPTED;
    if (!told || cpuMs < LINE_MS_MIN || !replica.holder().isDonor()) {
      return; // Keys without a donor cost nothing, and have no voice.
    }
    long count = replica.answer().map(Answer::count).orElse(0L);
    seen(group, starter ? starters : ratesOf(group, release), replica.holder(), count / cpuMs);
  }

  private void seen(Group group, BestRates rates, Holder holder, long rate) {
    long within = Math.min(rate, Rates.RATE_MAX);
    if (within > 0 && rates.reached(holder, within) && rates.isDue(group.nowMs())) {
      group.touch(rates);
    }
  }

  private BestRates ratesOf(Group group, Hash release) {
    BestRates known = releases.get(release);
    if (known != null) {
      return known;
    }
    BestRates fresh = new BestRates(release.toHex());
    releases.put(release, fresh);
    if (releases.size() > Rates.RELEASES_MAX) {
      Iterator<BestRates> eldest = releases.values().iterator();
      group.touch(eldest.next().removed());
      eldest.remove();
    }
    return fresh;
  }

  /**
   * Logs the lowest rates that are believed, when one of them changed by more than {@link
   * Floors#CHANGE_PERCENT} percent since they were logged. To be called on every day.
   *
   * @return whether they were logged
   */
  public boolean log(Group group, Journal journal) {
    SortedMap<Hash, Long> now = floors.releases(releases);
    if (now.isEmpty()) {
      return false;
    }
    long lowest = now.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    long starter = floors.starter(Floors.behind(releases.values(), starters), lowest);
    Rates rates = new Rates(starter, now);
    if (logged.isPresent() && !Floors.differs(logged.get().rates(), rates)) {
      return false;
    }
    journal.log(group, rates.entry());
    LoggedRates row = new LoggedRates(rates);
    group.touch(row);
    logged = Optional.of(row);
    return true;
  }
}
