package org.almoner.ledger.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Hash;

/**
 * Outcomes as the log's own entries state them: settlements, voids, reinstatements and rates, taken
 * in the order of the log.
 *
 * <p>Taken by one thread; once all are taken, several may ask. A settled line takes five octets of
 * memory where its neighbours are settled too.
 */
public final class SettledOutcomes implements Outcomes {
  /** Leaves whose outcomes are kept together. */
  private static final int CHUNK_LEAVES = 4_096;

  private static final Outcome[] BY_DIGIT = byDigit();

  private final Map<Long, Chunk> chunks = new HashMap<>();
  private final Set<Long> voided = new HashSet<>();
  private final Map<Long, List<Integer>> voidings = new HashMap<>();
  private final PaceBook paces = new PaceBook();

  /** How many entries were taken: only their order matters. */
  private int taken;

  /** The digits of neighbouring leaves, and of each which of the entries settled it. */
  private static final class Chunk {
    final byte[] digits = new byte[CHUNK_LEAVES];
    final int[] places = new int[CHUNK_LEAVES];
  }

  private static Outcome[] byDigit() {
    Outcome[] outcomes = new Outcome[Outcome.values().length];
    for (Outcome outcome : Outcome.values()) {
      outcomes[outcome.digit()] = outcome;
    }
    return outcomes;
  }

  /** Whether entries of this kind decide what counts, and so are to be taken. */
  public static boolean concerns(Kind kind) {
    return kind == Kind.SETTLEMENT
        || kind == Kind.VOID
        || kind == Kind.REINSTATE
        || kind == Kind.RATES;
  }

  /** Takes the next entry; one of another kind is passed over. */
  public void take(Entry entry) throws MalformedEntry, OpeningRejected {
    if (!concerns(entry.kind())) {
      return;
    }
    taken++;
    if (entry.kind() == Kind.SETTLEMENT) {
      settle(Settlement.parse(entry));
    } else if (entry.kind() == Kind.RATES) {
      paces.take(taken, Rates.parse(entry));
    } else {
      Voiding voiding = Voiding.parse(entry);
      if (voiding.reinstates()) {
        voiding.leaves().forEach(voided::remove);
      } else {
        voided.addAll(voiding.leaves());
      }
      for (long leaf : voiding.leaves()) {
        voidings.computeIfAbsent(leaf, l -> new ArrayList<>()).add(taken);
      }
    }
  }

  @Override
  public Outcome outcome(long leaf) {
    Chunk chunk = chunks.get(leaf / CHUNK_LEAVES);
    return chunk == null ? Outcome.NONE : BY_DIGIT[chunk.digits[(int) (leaf % CHUNK_LEAVES)]];
  }

  @Override
  public boolean isVoid(long leaf) {
    return voided.contains(leaf);
  }

  @Override
  public Optional<Pace> pace(long leaf, Hash release) {
    return paces.before(place(leaf), release);
  }

  /**
   * The entries that decide about a line: its settlement, the rates that held then, and what voided
   * or reinstated it.
   *
   * @return their places among the entries that were taken, from 0, in order
   */
  public SortedSet<Integer> deciding(long leaf, Hash release) {
    SortedSet<Integer> deciding = new TreeSet<>();
    int settled = place(leaf);
    if (settled > 0) {
      deciding.add(settled - 1);
      paces.placeBefore(settled, release).ifPresent(rates -> deciding.add(rates.intValue() - 1));
    }
    for (int voiding : voidings.getOrDefault(leaf, List.of())) {
      deciding.add(voiding - 1);
    }
    return deciding;
  }

  /** Which entry settled the leaf, counted from 1; 0 for a leaf that is pending. */
  private int place(long leaf) {
    Chunk chunk = chunks.get(leaf / CHUNK_LEAVES);
    return chunk == null ? 0 : chunk.places[(int) (leaf % CHUNK_LEAVES)];
  }

  private void settle(Settlement settlement) throws OpeningRejected {
    for (int i = 0; i < settlement.outcomes().size(); i++) {
      Outcome outcome = settlement.outcomes().get(i);
      if (outcome == Outcome.NONE) {
        continue;
      }
      long leaf = settlement.from() + i;
      Chunk chunk = chunks.computeIfAbsent(leaf / CHUNK_LEAVES, c -> new Chunk());
      int within = (int) (leaf % CHUNK_LEAVES);
      if (chunk.places[within] != 0) {
        throw new OpeningRejected("entry " + leaf + " was settled twice");
      }
      chunk.places[within] = taken;
      chunk.digits[within] = (byte) outcome.digit();
    }
  }
}
