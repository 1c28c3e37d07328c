package org.almoner.tax.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Holds a document against the log as it is now: nothing rewritten, nothing voided since, and the
 * document itself not withdrawn.
 */
final class LogStep {
  private final TrustFile trust;
  private final TileSource tiles;
  private final String note;
  private final String origin;

  /**
   * @param note the log's newest checkpoint
   * @param origin which of the charity's logs it must be
   */
  LogStep(TrustFile trust, TileSource tiles, String note, String origin) {
    this.trust = trust;
    this.tiles = tiles;
    this.note = note;
    this.origin = origin;
  }

  /**
   * What the log says now.
   *
   * @param entries how many entries were looked through
   * @param withdrawn the entry that says the document stands no more; none or one
   */
  record Now(String sentence, long entries, List<Withdrawn> withdrawn) {
    /** That the document stands, or why it does not. */
    String standing(long statement) throws StepFailed {
      if (withdrawn.isEmpty()) {
        return "it stands: none of the "
            + entries
            + " entries behind its statement, entry "
            + statement
            + ", withdraws it";
      }
      throw new StepFailed(withdrawn.get(0).sentence());
    }
  }

  /**
   * A withdrawal, where it stands, and on which day.
   *
   * @param day empty when no day was read
   */
  record Withdrawn(long leaf, Withdrawal withdrawal, String day) {
    String sentence() {
      return "this document was "
          + withdrawal.state()
          + (day.isEmpty() ? "" : " on " + day)
          + " (log entry "
          + leaf
          + "); "
          + (withdrawal.isReplaced()
              ? "the one that stands in its place carries the statement at entry "
                  + withdrawal.by()
                  + ": ask the charity for it"
              : "nothing stands in its place: ask the charity why");
    }
  }

  /**
   * @param proved the checkpoint that proves the statement
   * @param statement the statement's index
   * @param counted leaves the evidence showed to count; empty when there was no evidence
   */
  Now run(Checkpoint proved, long statement, Set<Long> counted) throws StepFailed {
    Checkpoint now = checkpoint();
    LogReader reader = new LogReader(tiles);
    try {
      if (now.size() < proved.size()) {
        throw new StepFailed(
            "the log has "
                + now.size()
                + " entries, fewer than the "
                + proved.size()
                + " of the document's checkpoint: it was rolled back, or this copy is old");
      }
      reader
          .consistency(proved.size(), now.size())
          .verify(proved.size(), proved.root(), now.size(), now.root());
      Later later = new Later(statement);
      later.read(reader, counted.isEmpty() ? statement + 1 : 0, now);
      requireNoVoid(later, counted);
      return new Now(
          "this log ("
              + now.size()
              + " entries, "
              + (later.day.isEmpty()
                  ? "and no day began since the statement"
                  : "the last day in it is " + later.day)
              + ") contains the document's checkpoint ("
              + proved.size()
              + " entries)"
              + (counted.isEmpty() ? "" : ", and no line was voided since"),
          now.size() - statement - 1,
          later.withdrawn);
    } catch (ProofRejected e) {
      throw new StepFailed(
          "this log does not contain the one the document was proved by: " + e.getMessage());
    } catch (IOException | MalformedEntry e) {
      throw new StepFailed("the log cannot be read: " + e.getMessage());
    }
  }

  private Checkpoint checkpoint() throws StepFailed {
    try {
      return trust.openToday(SignedNote.parse(note), origin).checkpoint();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new StepFailed("the log's checkpoint: " + e.getMessage());
    }
  }

  /** What entries say of lines and of the document. Whatever a mirror left out changes the root. */
  private static final class Later {
    private final long statement;
    private final Set<Long> voided = new HashSet<>();
    private final List<Withdrawn> withdrawn = new ArrayList<>();
    private String day = "";

    Later(long statement) {
      this.statement = statement;
    }

    /** Reads every entry from {@code begin} on, and hashes them to the root. */
    void read(LogReader reader, long begin, Checkpoint now)
        throws IOException, MalformedEntry, StepFailed {
      long size = now.size();
      Frontier frontier = reader.frontier(begin, size);
      long index = begin;
      while (index < size) {
        for (Bytes octets : reader.entriesFrom(index, size)) {
          Hash leaf = TreeHash.leaf(octets);
          if (!leaf.equals(reader.leaf(index, size))) {
            throw new StepFailed("entry " + index + " does not hash to what the log's tiles hold");
          }
          frontier.append(leaf, (height, root) -> {});
          take(index, Entry.parse(octets));
          index++;
        }
      }
      if (!frontier.root().equals(now.root())) {
        throw new StepFailed(
            "the log's entries lead to root "
                + frontier.root()
                + ", but its checkpoint signs "
                + now.root()
                + ": this copy of the log was altered");
      }
    }

    private void take(long index, Entry entry) throws MalformedEntry {
      if (entry.kind() == Kind.VOID) {
        voided.addAll(Voiding.parse(entry).leaves());
      } else if (entry.kind() == Kind.REINSTATE) {
        Voiding.parse(entry).leaves().forEach(voided::remove);
      } else if (entry.kind() == Kind.DAY) {
        day = Day.parse(entry).date().toString();
      } else if (entry.kind() == Kind.WITHDRAWAL) {
        Withdrawal withdrawal = Withdrawal.parse(entry);
        if (withdrawal.statement() == statement && withdrawn.isEmpty()) {
          withdrawn.add(new Withdrawn(index, withdrawal, day));
        }
      }
    }
  }

  private static void requireNoVoid(Later later, Set<Long> counted) throws StepFailed {
    Set<Long> gone = new HashSet<>(later.voided);
    gone.retainAll(counted);
    if (!gone.isEmpty()) {
      throw new StepFailed(
          gone.size()
              + " of the document's lines were voided later, the first is entry "
              + gone.stream().min(Long::compare).orElseThrow());
    }
  }
}
