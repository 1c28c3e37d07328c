package org.almoner.command.bench;

import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * One agent's checks of what the coordinator proves to it: the checkpoint's signature, every
 * opening and inclusion, and that the log contains what it had before. Used by one thread.
 */
final class ProofCheck {
  private final Place place;
  private final Checkpoints checkpoints;
  private Checkpoint largest;

  ProofCheck(Place place, Checkpoints checkpoints) {
    this.place = place;
    this.checkpoints = checkpoints;
    this.largest = new Checkpoint(place.origin(), 0, TreeHash.EMPTY_ROOT);
  }

  /** Size of the largest checkpoint so far. */
  long size() {
    return largest.size();
  }

  /** Checks that {@code parts} lines of {@code record} were logged. */
  void check(Kind kind, Envelope record, int parts, Receipt receipt) throws BenchFailed {
    if (receipt.lines().size() != parts) {
      throw new BenchFailed(
          "a receipt proves " + receipt.lines().size() + " lines of a record of " + parts);
    }
    try {
      Checkpoint shown = checkpoints.open(receipt.checkpoint(), place).checkpoint();
      Hash digest = Hash.sha256(record.record()::feed);
      for (int part = 0; part < parts; part++) {
        LineProof line = receipt.lines().get(part);
        Hash leaf =
            Commitment.of(kind, place.origin(), line.salt(), part, digest).entry().leafHash();
        new InclusionProof(line.inclusion()).verify(line.leaf(), shown.size(), leaf, shown.root());
      }
      if (kind == Kind.USAGE) {
        new ConsistencyProof(receipt.consistency())
            .verify(largest.size(), largest.root(), shown.size(), shown.root());
      } // Answers to enrolments and links bring no proof from an older size.
      largest = shown;
    } catch (MalformedNote | NoteRejected | MalformedCheckpoint | ProofRejected e) {
      throw new BenchFailed("a receipt does not prove what it claims: " + e.getMessage(), e);
    }
  }
}
