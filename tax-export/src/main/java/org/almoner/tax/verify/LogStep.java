package org.almoner.tax.verify;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Voiding;
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

/** Holds a document against the log as it is now: nothing rewritten, nothing voided since. */
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
   * @param proved the checkpoint that proves the statement
   * @param counted leaves the evidence showed to count; empty when there was no evidence
   */
  String run(Checkpoint proved, Set<Long> counted) throws StepFailed {
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
      requireNoVoid(reader, now, counted);
    } catch (ProofRejected e) {
      throw new StepFailed(
          "the log of today does not contain the one the document was proved by: "
              + e.getMessage());
    } catch (IOException | MalformedEntry e) {
      throw new StepFailed("the log cannot be read: " + e.getMessage());
    }
    return "the log of today ("
        + now.size()
        + " entries) contains the document's checkpoint ("
        + proved.size()
        + " entries)"
        + (counted.isEmpty() ? "" : ", and no line was voided since");
  }

  private Checkpoint checkpoint() throws StepFailed {
    try {
      return trust.open(SignedNote.parse(note), origin).checkpoint();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new StepFailed("the log's checkpoint: " + e.getMessage());
    }
  }

  /** Reads every entry: a void that somebody left out of a mirror changes the root. */
  private static void requireNoVoid(LogReader reader, Checkpoint now, Set<Long> counted)
      throws IOException, MalformedEntry, StepFailed {
    if (counted.isEmpty()) {
      return;
    }
    HashSet<Long> voided = new HashSet<>();
    Frontier frontier = Frontier.empty();
    long size = now.size();
    long index = 0;
    while (index < size) {
      for (Bytes octets : reader.entriesFrom(index, size)) {
        Hash leaf = TreeHash.leaf(octets);
        if (!leaf.equals(reader.leaf(index, size))) {
          throw new StepFailed("entry " + index + " does not hash to what the log's tiles hold");
        }
        frontier.append(leaf, (height, root) -> {});
        Entry entry = Entry.parse(octets);
        if (entry.kind() == Kind.VOID) {
          voided.addAll(Voiding.parse(entry).leaves());
        } else if (entry.kind() == Kind.REINSTATE) {
          Voiding.parse(entry).leaves().forEach(voided::remove);
        }
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
    voided.retainAll(counted);
    if (!voided.isEmpty()) {
      throw new StepFailed(
          voided.size()
              + " of the document's lines were voided later, the first is entry "
              + voided.stream().min(Long::compare).orElseThrow());
    }
  }
}
