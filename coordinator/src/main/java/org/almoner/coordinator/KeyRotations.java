package org.almoner.coordinator;

import java.io.IOException;
import java.util.Optional;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.protocol.bytes.Bytes;

/** Logs that the log passes to another key, once for each, and remembers where. */
final class KeyRotations {
  private static final String KEY = "meta/rotation";
  private static final int VERSION = 1;

  private final Journal journal;

  KeyRotations(Journal journal) {
    this.journal = journal;
  }

  /**
   * The last one.
   *
   * @param leaf index of its entry
   */
  record Last(long leaf, KeyRotation rotation) {}

  /** Where the last one was logged, if there was any. */
  static Optional<Last> last(RowStore store) throws IOException {
    Optional<Bytes> row = store.get(KEY);
    return row.isEmpty() ? Optional.empty() : Optional.of(parse(row.get()));
  }

  /** Returns whether it was new. */
  boolean logWhenNew(Group group, KeyRotation rotation) throws IOException {
    Optional<Bytes> before = group.octets(KEY);
    if (before.isPresent() && parse(before.get()).rotation().equals(rotation)) {
      return false;
    }
    Entry entry = rotation.entry();
    Bytes image =
        new RowWriter(VERSION).number(journal.log(group, entry)).bytes(entry.octets()).finish();
    group.touch(
        new Row() {
          @Override
          public String key() {
            return KEY;
          }

          @Override
          public Bytes image() {
            return image;
          }
        });
    return true;
  }

  private static Last parse(Bytes row) throws DamagedRow {
    RowReader in = new RowReader(KEY, row, VERSION);
    long leaf = in.number();
    Bytes entry = in.bytes();
    in.end();
    try {
      return new Last(leaf, KeyRotation.parse(Entry.parse(entry)));
    } catch (MalformedEntry e) {
      throw in.fault("holds " + e.getMessage());
    }
  }
}
