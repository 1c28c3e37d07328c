package org.almoner.coordinator.journal;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.LeaseId;

/**
 * Adds entries to the log, the day before them when a new one has begun, and keeps what opens them.
 * Used on the writer's thread.
 */
public final class Journal {
  private static final String DAY_KEY = "meta/day";
  private static final int VERSION = 1;

  private long lastDay;
  private Optional<Group> group = Optional.empty();
  private Page page = new Page(0, () -> 0, 0);

  private Journal(long lastDay) {
    this.lastDay = lastDay;
  }

  /** Goes on after the last day that was logged. */
  public static Journal load(RowStore store) throws IOException {
    Optional<Bytes> row = store.get(DAY_KEY);
    if (row.isEmpty()) {
      return new Journal(-1);
    }
    RowReader in = new RowReader(DAY_KEY, row.get(), VERSION);
    long day = in.number();
    in.end();
    return new Journal(day);
  }

  /** Adds a public entry. */
  public long log(Group into, Entry entry) {
    page(into);
    return into.log(entry.octets());
  }

  /** Adds a signed record of one entry. */
  public Logged log(Group into, Commitments made, Envelope envelope) {
    Page on = page(into);
    long leaf = append(into, made);
    on.add(JournalRecord.signed(made, leaf, envelope));
    return new Logged(leaf, made.salts(), on.first());
  }

  /** Adds a record that the coordinator itself made. */
  public Logged log(Group into, Commitments made, Bytes content) {
    Page on = page(into);
    long leaf = append(into, made);
    on.add(JournalRecord.own(made, leaf, content));
    return new Logged(leaf, made.salts(), on.first());
  }

  /**
   * Adds a usage report, one entry a line, with the outputs that came with it.
   *
   * @param previousPage page of the agent's report before
   */
  public Logged log(
      Group into,
      Commitments made,
      Envelope report,
      long previousPage,
      List<LeaseId> leases,
      Map<Hash, Bytes> outputs) {
    Page on = page(into);
    long leaf = append(into, made);
    on.add(JournalRecord.usage(made, leaf, report, previousPage, leases));
    outputs.forEach(on::keep);
    return new Logged(leaf, made.salts(), on.first());
  }

  /** The page that begins at {@code first}, as this group or the store has it. */
  public Optional<Page> find(Group from, long first) throws IOException {
    return from.find(Page.key(first), Page.class, row -> Page.parse(first, row));
  }

  private static long append(Group into, Commitments made) {
    long leaf = into.nextLeaf();
    made.entries().forEach(into::log);
    return leaf;
  }

  /** The group's page, begun with the day when that is new. */
  private Page page(Group into) {
    if (group.isEmpty() || group.get() != into) {
      group = Optional.of(into);
      page = new Page(into.firstLeaf(), into::nextLeaf, into.nowMs());
      into.touch(page);
      beginDay(into);
    }
    return page;
  }

  private void beginDay(Group into) {
    LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(into.nowMs()), ZoneOffset.UTC);
    if (today.toEpochDay() > lastDay) {
      lastDay = today.toEpochDay();
      into.log(new Day(today).entry().octets());
      long day = lastDay;
      into.touch(
          new Row() {
            @Override
            public String key() {
              return DAY_KEY;
            }

            @Override
            public Bytes image() {
              return new RowWriter(VERSION).number(day).finish();
            }
          });
    }
  }
}
