package org.almoner.coordinator.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.opening.Sealed;
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
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final OpeningKeys keys;
  private final KnownKeys signers = new KnownKeys();
  private long lastDay;
  private Optional<Group> group = Optional.empty();
  private Page page = new Page(0, () -> 0, 0);

  private Journal(OpeningKeys keys, long lastDay) {
    this.keys = keys;
    this.lastDay = lastDay;
  }

  /** Goes on after the last day that was logged, and seals with {@code keys}. */
  public static Journal load(RowStore store, OpeningKeys keys) throws IOException {
    Optional<Bytes> row = store.get(DAY_KEY);
    if (row.isEmpty()) {
      return new Journal(keys, -1);
    }
    RowReader in = new RowReader(DAY_KEY, row.get(), VERSION);
    long day = in.number();
    in.end();
    return new Journal(keys, day);
  }

  /** Whether anything was ever logged. */
  public static boolean hasBegun(RowStore store) throws IOException {
    return store.get(DAY_KEY).isPresent();
  }

  /**
   * Removes what a stop left of a group that was never staged.
   *
   * @param size of the log, where the next page begins
   */
  public static void forgetUnstaged(RowStore store, long size) throws IOException {
    String key = Page.key(size);
    if (store.get(key).isPresent()) {
      store.putAll(new TreeMap<>(Map.of(key, Row.REMOVED)));
    }
  }

  /** Adds a public entry. */
  public long log(Group into, Entry entry) {
    page(into);
    return into.log(entry.octets());
  }

  /** Adds a signed record of one entry, sealed under {@code key}. */
  public Logged log(Group into, Commitments made, Envelope envelope, KeyId key) {
    return add(into, made, Opening.of(made, envelope), key, 0, List.of());
  }

  /** Adds a record that the coordinator itself made, sealed under {@code key}. */
  public Logged log(Group into, Commitments made, Bytes content, KeyId key) {
    return add(into, made, Opening.of(made, content), key, 0, List.of());
  }

  /**
   * Adds a usage report, one entry a line, with the outputs that came with it.
   *
   * @param key under which it is sealed
   * @param previousPage page of the agent's report before
   */
  public Logged log(
      Group into,
      Commitments made,
      Envelope report,
      KeyId key,
      long previousPage,
      List<LeaseId> leases,
      Map<Hash, Bytes> outputs) {
    Logged logged = add(into, made, Opening.of(made, report), key, previousPage, leases);
    outputs.forEach(page(into)::keep);
    return logged;
  }

  /**
   * What was answered to a record that was logged before.
   *
   * @param whose whose record it is, for the sentence of a refusal
   * @throws org.almoner.coordinator.desk.Refusal when its key was erased or is missing
   */
  public Logged again(Group from, long leaf, long first, String whose) throws IOException {
    JournalRecord record = record(from, leaf, first);
    return new Logged(record.leaf(), record.open(keys, signers, whose).salts(), first);
  }

  /** Whether what opens a record that was logged before was erased. */
  public boolean isErased(Group from, long leaf, long first) throws IOException {
    return keys.isErased(record(from, leaf, first).sealed().key());
  }

  private JournalRecord record(Group from, long leaf, long first) throws IOException {
    return find(from, first)
        .flatMap(page -> page.recordOf(leaf))
        .orElseThrow(() -> new IOException("the journal has no record of leaf " + leaf));
  }

  /** The page that begins at {@code first}, as this group or the store has it. */
  public Optional<Page> find(Group from, long first) throws IOException {
    return from.find(Page.key(first), Page.class, row -> Page.parse(first, row));
  }

  /** Seals first: a record that cannot be sealed is refused before it has an entry. */
  private Logged add(
      Group into,
      Commitments made,
      Opening opening,
      KeyId key,
      long previousPage,
      List<LeaseId> leases) {
    Page on = page(into);
    long leaf = into.nextLeaf();
    String about = JournalRecord.about(made.kind(), leaf);
    Sealed sealed = keys.seal(key, about, opening.octets(), "its sender");
    made.entries().forEach(into::log);
    on.add(new JournalRecord(made.kind(), leaf, made.salts().size(), sealed, previousPage, leases));
    return new Logged(leaf, made.salts(), on.first());
  }

  /** The group's page, begun with the day when that is new. */
  private Page page(Group into) {
    if (group.isEmpty() || group.get() != into) {
      group = Optional.of(into);
      // After a clock that was ahead once: a line is never older than the day it is logged on.
      long dayMs = day(into).toEpochDay() * DAY_MS;
      page = new Page(into.firstLeaf(), into::nextLeaf, Math.max(into.nowMs(), dayMs));
      into.touch(page);
      beginDay(into);
    }
    return page;
  }

  /** The day that entries of this group belong to; it never goes back. */
  public LocalDate day(Group of) {
    LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(of.nowMs()), ZoneOffset.UTC);
    return LocalDate.ofEpochDay(Math.max(lastDay, today.toEpochDay()));
  }

  private void beginDay(Group into) {
    LocalDate today = day(into);
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
