package org.almoner.coordinator.statistics;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Totals;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;

/**
 * Totals of projects by the days on which lines were settled. What fewer than ten donors gave, or
 * nearly all of which two donors gave, is carried over to the next day, and no sum is told that
 * contains another: so nothing finer can be had by subtraction.
 *
 * <p>Lines of computers without a donor are in no total. A line that is voided later stays in the
 * total in which it was told. Used on the writer's thread, but for {@link #told}.
 */
public final class Statistics {
  /** Most totals in one answer, the newest. */
  public static final int TOLD_MAX = 10_000;

  private static final String FAMILY = "total/";

  private final Journal journal;
  private final Map<String, OpenSum> open = new TreeMap<>();
  private volatile List<Totals> told = List.of();

  private Statistics(Journal journal) {
    this.journal = journal;
  }

  /** Reads what was told, and what is not told yet. */
  public static Statistics load(RowStore store, Journal journal) throws IOException {
    Statistics read = new Statistics(journal);
    read.told = newest(store);
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(OpenSum.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      OpenSum sum = OpenSum.parse(row.getKey(), row.getValue());
      read.open.put(sum.project(), sum);
    }
    return read;
  }

  /** A line of {@code donor} was settled, and counts. */
  public void add(Group group, String project, DonorId donor, Outcome outcome, long cpuMs) {
    OpenSum sum = open.computeIfAbsent(project, name -> new OpenSum(name, journal.day(group)));
    sum.add(donor, CpuTime.of(outcome.tier().orElseThrow(), cpuMs));
    group.touch(sum);
  }

  /** Logs what may be told; to be called by the daily settlement. */
  public void tell(Group group) {
    LocalDate today = journal.day(group);
    List<Totals> more = new ArrayList<>(told);
    for (OpenSum sum : open.values()) {
      if (sum.mayBeTold(today)) {
        Totals totals = sum.tell(today);
        journal.log(group, totals.entry());
        group.touch(sum);
        group.touch(row(totals, sum));
        more.add(totals);
      }
    }
    told = List.copyOf(more.subList(Math.max(0, more.size() - TOLD_MAX), more.size()));
  }

  private static Row row(Totals totals, OpenSum sum) {
    String key = FAMILY + totals.to() + "/" + sum.key().substring(OpenSum.FAMILY.length());
    return new Row() {
      @Override
      public String key() {
        return key;
      }

      @Override
      public Bytes image() {
        return totals.entry().octets();
      }
    };
  }

  /** What was told, the oldest first, at most {@link #TOLD_MAX}; from any thread. */
  public List<Totals> told() {
    return told;
  }

  private static List<Totals> newest(RowStore store) throws IOException {
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(FAMILY, rows::put);
    while (rows.size() > TOLD_MAX) {
      rows.pollFirstEntry();
    }
    List<Totals> told = new ArrayList<>();
    for (Bytes row : rows.values()) {
      try {
        told.add(Totals.parse(Entry.parse(row)));
      } catch (MalformedEntry e) {
        throw new IOException("a total cannot be read: " + e.getMessage(), e);
      }
    }
    return List.copyOf(told);
  }
}
