package org.almoner.agent.proof;

import java.io.IOException;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * Checks a receipt against the record it is for: the checkpoint's signature, every opening and
 * inclusion proof, and that the log still contains all it had before.
 */
public final class ReceiptCheck {
  private final String origin;
  private final CheckpointKeeper keeper;
  private final ConsistencySource tiles;

  /**
   * Checks receipts of one log.
   *
   * @param tiles asked when an answer brings no consistency proof though one is needed, as those to
   *     enrolments and links do
   */
  public ReceiptCheck(String origin, CheckpointKeeper keeper, ConsistencySource tiles) {
    this.origin = origin;
    this.keeper = keeper;
    this.tiles = tiles;
  }

  /**
   * Checks everything; the checkpoint is then the largest one seen.
   *
   * @param parts lines of the record that must have been logged, in their order
   * @throws ReceiptRejected naming the first fault
   * @throws IOException when the disk fails
   */
  public VerifiedReceipt check(Envelope record, int parts, Receipt receipt)
      throws IOException, ReceiptRejected {
    long known = keeper.size();
    SignedCheckpoint checkpoint = keeper.verified(receipt.checkpoint());
    if (receipt.lines().size() != parts) {
      throw new ReceiptRejected(
          "the receipt proves " + receipt.lines().size() + " lines, but the record has " + parts);
    }
    Kind kind = kind(record);
    Hash digest = Hash.sha256(record.record().toArray());
    for (int part = 0; part < parts; part++) {
      LineProof line = receipt.lines().get(part);
      Hash leaf = Commitment.of(kind, origin, line.salt(), part, digest).entry().leafHash();
      checkLine(part, line, leaf, checkpoint.checkpoint());
    }
    // Following the log to another key moves the largest checkpoint on, and what the answer brought
    // along begins at the one before.
    List<Hash> brought = keeper.size() == known ? receipt.consistency() : List.of();
    keeper.accept(checkpoint, consistency(brought, checkpoint.checkpoint()));
    return new VerifiedReceipt(record, receipt, checkpoint, keeper.signer(checkpoint));
  }

  private static Kind kind(Envelope record) {
    return switch (record.kind()) {
      case ENROLMENT -> Kind.ENROLMENT;
      case USAGE_REPORT -> Kind.USAGE;
      case LINK -> Kind.LINK;
      default -> throw new IllegalArgumentException(record.kind() + " is never logged");
    };
  }

  private static void checkLine(int part, LineProof line, Hash leaf, Checkpoint checkpoint)
      throws ReceiptRejected {
    if (line.part() != part) {
      throw new ReceiptRejected("line " + part + " of the receipt is for part " + line.part());
    }
    try {
      new InclusionProof(line.inclusion())
          .verify(line.leaf(), checkpoint.size(), leaf, checkpoint.root());
    } catch (ProofRejected e) {
      throw new ReceiptRejected(
          "line "
              + part
              + " is not proved to be entry "
              + line.leaf()
              + ", or its salt is not the one that was logged: "
              + e.getMessage());
    }
  }

  private ConsistencyProof consistency(List<Hash> brought, Checkpoint checkpoint)
      throws ReceiptRejected {
    long held = keeper.size();
    if (!brought.isEmpty() || held == 0 || held >= checkpoint.size()) {
      return new ConsistencyProof(brought);
    }
    try {
      return tiles.between(held, checkpoint.size());
    } catch (IOException e) {
      throw new ReceiptRejected(
          "the receipt does not show that the log still contains its first "
              + held
              + " entries, and the log's tiles could not be asked: "
              + e.getMessage());
    }
  }
}
