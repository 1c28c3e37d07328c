package org.almoner.tax.audit;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.Exclusion;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.ProvenLine;

/**
 * A statement drawn up again, by whoever has a copy of the log and the donor's openings.
 *
 * <p>Outcomes are read from the log's own entries, all of which must hash to its root, and not from
 * those that the evidence brings along: a void that somebody left out there is found here.
 */
public final class StatementAgain {
  private final Checkpoint drawnFrom;
  private final Tally tally;
  private final SortedMap<Long, Excluded> excluded;

  private StatementAgain(Checkpoint drawnFrom, Tally tally, SortedMap<Long, Excluded> excluded) {
    this.drawnFrom = drawnFrom;
    this.tally = tally;
    this.excluded = excluded;
  }

  /**
   * A line that came back and does not count.
   *
   * @param day the UTC day it belongs to
   */
  public record Excluded(LocalDate day, Exclusion reason) {}

  /**
   * Reads the log up to the checkpoint that the evidence was drawn from.
   *
   * @param now a believed checkpoint of the log, not older than the evidence's
   * @param progress is told the index of entries that were read
   * @throws OpeningRejected when log and openings do not fit together, in one sentence
   */
  public static StatementAgain draw(
      LogReader reader,
      Checkpoint now,
      Evidence evidence,
      LocalDate from,
      LocalDate to,
      LongConsumer progress)
      throws IOException, OpeningRejected {
    Checkpoint drawnFrom = checkpoint(evidence);
    if (drawnFrom.size() > now.size()) {
      throw new OpeningRejected(
          "the evidence was drawn from "
              + drawnFrom.size()
              + " entries, and this copy of the log has "
              + now.size()
              + ": mirror the log again");
    }
    List<CheckedLine> lines = new ArrayList<>();
    for (ProvenLine line : evidence.lines()) {
      CheckedLine checked = line.opening().check(now.origin());
      if (checked.leaf() >= drawnFrom.size()
          || !checked.leafHash().equals(reader.leaf(checked.leaf(), now.size()))) {
        throw new OpeningRejected(
            "entry " + checked.leaf() + " of the log is not what the evidence opens");
      }
      lines.add(checked);
    }
    SettledOutcomes outcomes = outcomes(reader, now, drawnFrom, progress);
    SortedMap<Long, Excluded> excluded = new TreeMap<>();
    SortedMap<Long, Exclusion> reasons = Tally.excluded(lines, outcomes, from, to);
    for (CheckedLine line : lines) {
      Exclusion reason = reasons.get(line.leaf());
      if (reason != null) {
        excluded.put(line.leaf(), new Excluded(line.day(), reason));
      }
    }
    return new StatementAgain(drawnFrom, Tally.fold(lines, outcomes, from, to), excluded);
  }

  /** What the lines add up to. */
  public Tally tally() {
    return tally;
  }

  /** Why each line that does not count does not, by its index in the log. */
  public SortedMap<Long, Excluded> excluded() {
    return new TreeMap<>(excluded);
  }

  /**
   * The statement: facts that no log knows from {@code facts}, everything else as it was found.
   *
   * @param evidence SHA-256 of the evidence file
   */
  public Statement statement(Statement facts, Hash evidence) {
    return new Statement(
        drawnFrom.origin(),
        facts.number(),
        facts.donor(),
        facts.from(),
        facts.to(),
        facts.software(),
        facts.profile(),
        facts.maturitySeconds(),
        facts.openPeriod(),
        drawnFrom.size(),
        drawnFrom.root(),
        tally,
        evidence);
  }

  private static Checkpoint checkpoint(Evidence evidence) throws OpeningRejected {
    try {
      return Checkpoint.parse(SignedNote.parse(evidence.checkpoint()).text());
    } catch (MalformedNote | MalformedCheckpoint e) {
      throw new OpeningRejected("the evidence's checkpoint: " + e.getMessage());
    }
  }

  /** The outcomes of the first entries, which must lead to both roots. */
  private static SettledOutcomes outcomes(
      LogReader reader, Checkpoint now, Checkpoint drawnFrom, LongConsumer progress)
      throws IOException, OpeningRejected {
    SettledOutcomes outcomes = new SettledOutcomes();
    Frontier frontier = Frontier.empty();
    long index = 0;
    while (index < now.size()) {
      progress.accept(index);
      for (Bytes octets : reader.entriesFrom(index, now.size())) {
        if (index == drawnFrom.size()) {
          requireRoot(frontier, drawnFrom);
        }
        frontier.append(TreeHash.leaf(octets), (height, root) -> {});
        if (index < drawnFrom.size()) {
          take(outcomes, index, octets);
        }
        index++;
      }
    }
    if (drawnFrom.size() == now.size()) {
      requireRoot(frontier, drawnFrom);
    }
    requireRoot(frontier, now);
    return outcomes;
  }

  private static void take(SettledOutcomes outcomes, long index, Bytes octets)
      throws OpeningRejected {
    try {
      Entry entry = Entry.parse(octets);
      if (SettledOutcomes.concerns(entry.kind())) {
        outcomes.take(entry);
      }
    } catch (MalformedEntry e) {
      throw new OpeningRejected("entry " + index + ": " + e.getMessage());
    }
  }

  private static void requireRoot(Frontier frontier, Checkpoint checkpoint) throws OpeningRejected {
    if (!frontier.root().equals(checkpoint.root())) {
      throw new OpeningRejected(
          "the first "
              + checkpoint.size()
              + " entries of this copy of the log lead to root "
              + frontier.root()
              + ", and the checkpoint of that size has "
              + checkpoint.root());
    }
  }
}
