package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Bytes;

/**
 * Settled lines that are to count no more, or to count again: they wait for the daily settlement,
 * which logs them together and in random order, so that the log does not tell when each was
 * decided. Used on the writer's thread.
 */
public final class Corrections {
  /** Why a line is voided when others found that its result was wrong. */
  public static final String DISPROVED = "disproved";

  private final Journal journal;
  private final SecureRandom random;
  private final NavigableMap<Long, Correction> waiting = new TreeMap<>();

  private Corrections(Journal journal, SecureRandom random) {
    this.journal = journal;
    this.random = random;
  }

  /** Reads what waits. */
  public static Corrections load(RowStore store, Journal journal, SecureRandom random)
      throws IOException {
    Corrections read = new Corrections(journal, random);
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(Correction.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      Correction correction = Correction.parse(row.getKey(), row.getValue());
      read.waiting.put(correction.leaf(), correction);
    }
    return read;
  }

  /** What will be said of a line at the next settlement; empty when nothing is to be corrected. */
  public Optional<Correction> of(long leaf) {
    return Optional.ofNullable(waiting.get(leaf));
  }

  /**
   * Has the next settlement void the line, or reinstate it; one that waits for the opposite is
   * taken back instead.
   *
   * @return whether the line stands so that this changes it: only a settled line that counts is
   *     voided, only a void one reinstated
   */
  public boolean add(Group group, Correction correction) throws IOException {
    if (!changes(group, correction.leaf(), correction.reinstates())) {
      return false;
    }
    Correction before = waiting.remove(correction.leaf());
    if (before != null) {
      group.touch(before.done());
    } else {
      waiting.put(correction.leaf(), correction);
      group.touch(correction);
    }
    return true;
  }

  /** Whether the line stands, with what waits for it, so that this would change it. */
  boolean changes(Group group, long leaf, boolean reinstates) throws IOException {
    Correction before = waiting.get(leaf);
    if (before != null) {
      return before.reinstates() != reinstates;
    }
    Optional<SettledLeaves> row = SettledLeaves.find(group, leaf);
    boolean counted = row.map(leaves -> leaves.outcome(leaf)).orElse(Outcome.NONE).counts();
    boolean isVoid = row.filter(leaves -> leaves.isVoid(leaf)).isPresent();
    return counted && isVoid == reinstates;
  }

  /** How many wait. */
  int waiting() {
    return waiting.size();
  }

  /** Logs all that wait; to be called by the daily settlement. */
  public int log(Group group) throws IOException {
    Map<String, List<Correction>> alike = new TreeMap<>();
    for (Correction each : waiting.values()) {
      alike.computeIfAbsent(each.reinstates() + each.reason(), k -> new ArrayList<>()).add(each);
    }
    List<List<Correction>> entries = new ArrayList<>();
    for (List<Correction> all : alike.values()) {
      for (int from = 0; from < all.size(); from += Voiding.LEAVES_MAX) {
        entries.add(all.subList(from, Math.min(all.size(), from + Voiding.LEAVES_MAX)));
      }
    }
    Collections.shuffle(entries, random);
    for (List<Correction> entry : entries) {
      Correction first = entry.get(0);
      List<Long> leaves = entry.stream().map(Correction::leaf).toList();
      journal.log(group, new Voiding(first.reinstates(), leaves, first.reason()).entry());
      for (Correction each : entry) {
        SettledLeaves.mark(group, each.leaf(), !each.reinstates());
        group.touch(each.done());
      }
    }
    int logged = waiting.size();
    waiting.clear();
    return logged;
  }
}
