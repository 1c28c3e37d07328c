package org.almoner.coordinator.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Everything one group commit added to the log. Its name is the group's first leaf, and it ends
 * where the next page begins, so that pages can be read one after the other.
 */
public final class Page implements Row {
  /** Version 1 held what opens entries in clear. */
  private static final int VERSION = 2;

  /** More entries than any page has: a group's requests, each with as many lines as a report. */
  public static final int ENTRIES_MAX = 1 << 17;

  /** Most records of one page: as many as a group has requests, and more. */
  private static final int RECORDS_MAX = 65_536;

  private final long first;
  private final LongSupplier end;
  private final long receivedMs;
  private final List<JournalRecord> records = new ArrayList<>();
  private final Map<Hash, Bytes> outputs = new LinkedHashMap<>();

  /**
   * An empty page.
   *
   * @param end index behind the group's last entry, as it stands when it is asked
   */
  Page(long first, LongSupplier end, long receivedMs) {
    this.first = first;
    this.end = end;
    this.receivedMs = receivedMs;
  }

  /** Reads a row. */
  public static Page parse(long first, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(first), row, VERSION);
    long end = in.number();
    Page page = new Page(first, () -> end, in.number());
    int records = in.count(RECORDS_MAX);
    for (int i = 0; i < records; i++) {
      page.records.add(JournalRecord.read(in));
    }
    int outputs = in.count(RECORDS_MAX);
    for (int i = 0; i < outputs; i++) {
      Hash digest = in.hash();
      page.outputs.put(digest, in.bytes());
    }
    in.end();
    return page;
  }

  /** Key of the page that begins at leaf {@code first}. */
  public static String key(long first) {
    String hex = Long.toHexString(first);
    return "page/" + "0".repeat(16 - hex.length()) + hex;
  }

  /** Index of the group's first leaf. */
  public long first() {
    return first;
  }

  /** Index behind the group's last leaf, where the next page begins. */
  public long end() {
    return end.getAsLong();
  }

  /**
   * When the coordinator took what stands here, by its own clock, and no earlier than the day
   * begins on which it is logged.
   */
  public long receivedMs() {
    return receivedMs;
  }

  /** Its records, in order of their leaves. */
  public List<JournalRecord> records() {
    return Collections.unmodifiableList(records);
  }

  /** The record that the leaf belongs to. */
  public Optional<JournalRecord> recordOf(long leaf) {
    return records.stream().filter(r -> r.covers(leaf)).findFirst();
  }

  /** An output bundle that came with a report of this page. */
  public Optional<Bytes> output(Hash digest) {
    return Optional.ofNullable(outputs.get(digest));
  }

  void add(JournalRecord record) {
    records.add(record);
  }

  void keep(Hash digest, Bytes bundle) {
    outputs.putIfAbsent(digest, bundle);
  }

  @Override
  public String key() {
    return key(first);
  }

  /** A page is by far the largest row of its group, and named by leaves that no other row has. */
  @Override
  public boolean aheadOfGroup() {
    return true;
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).number(end()).number(receivedMs);
    out.number(records.size());
    records.forEach(r -> r.write(out));
    out.number(outputs.size());
    outputs.forEach((digest, bundle) -> out.hash(digest).bytes(bundle));
    return out.finish();
  }
}
