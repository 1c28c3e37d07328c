package org.almoner.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.protocol.bytes.Bytes;

/** Logs that the log passes to another key, once for each, and remembers where; every one. */
final class KeyRotations {
  private static final String KEY = "meta/rotation";

  /** Rows before version 2 held the last one alone. */
  private static final int VERSION = 2;

  private final Journal journal;

  KeyRotations(Journal journal) {
    this.journal = journal;
  }

  /**
   * One that was logged.
   *
   * @param leaf index of its entry
   */
  record Passed(long leaf, KeyRotation rotation) {}

  /** All that were logged, the oldest first. */
  static List<Passed> all(RowStore store) throws IOException {
    return parse(store.get(KEY));
  }

  /**
   * Refuses keys that are not those the log came to: what they signed, every agent that knows the
   * newest would take for forged, and the rotation they would log breaks the log's rules for ever.
   *
   * @param signers one key, or two while the log passes from the first to the second
   */
  static void requireNewest(List<Passed> all, List<VerifierKey> signers) throws LogRefused {
    if (all.isEmpty()) {
      return;
    }
    Passed last = all.get(all.size() - 1);
    VerifierKey newest = last.rotation().to();
    boolean passing = signers.equals(List.of(last.rotation().from(), newest));
    boolean passed =
        signers.get(0).equals(newest)
            && signers.stream().skip(1).noneMatch(key -> isFormer(all, key));
    if (!passing && !passed) {
      throw new LogRefused(
          "the log passed to the key "
              + newest.format()
              + " at its entry "
              + last.leaf()
              + ", but the seeds in the keys folder are of "
              + String.join(" and ", signers.stream().map(VerifierKey::format).toList())
              + ": restore the newest seed (keys/log.next.seed, or keys/log.seed once the old key"
              + " was retired) from a copy; if there is none the log key is lost, see"
              + " docs/reference/keys.md");
    }
  }

  private static boolean isFormer(List<Passed> all, VerifierKey key) {
    return all.stream().anyMatch(passed -> passed.rotation().from().equals(key));
  }

  /** Returns whether it was new; refuses one that does not lead on from the last. */
  boolean logWhenNew(Group group, KeyRotation rotation) throws IOException {
    List<Passed> before = parse(group.octets(KEY));
    if (!before.isEmpty()) {
      KeyRotation last = before.get(before.size() - 1).rotation();
      if (last.equals(rotation)) {
        return false;
      }
      if (!last.to().equals(rotation.from())) {
        throw new IllegalStateException(
            "the log's newest key is "
                + last.to().format()
                + "; it does not pass on from "
                + rotation.from().format());
      }
    }
    RowWriter out = new RowWriter(VERSION).number(before.size() + 1);
    before.forEach(passed -> write(out, passed));
    write(out, new Passed(journal.log(group, rotation.entry()), rotation));
    Bytes image = out.finish();
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

  private static void write(RowWriter out, Passed passed) {
    out.number(passed.leaf()).bytes(passed.rotation().entry().octets());
  }

  private static List<Passed> parse(Optional<Bytes> row) throws DamagedRow {
    if (row.isEmpty()) {
      return List.of();
    }
    RowReader in = new RowReader(KEY, row.get(), VERSION);
    int count = in.count(Rotations.ROTATIONS_MAX);
    List<Passed> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long leaf = in.number();
      try {
        all.add(new Passed(leaf, KeyRotation.parse(Entry.parse(in.bytes()))));
      } catch (MalformedEntry e) {
        throw in.fault("holds " + e.getMessage());
      }
    }
    in.end();
    return all;
  }
}
