package org.almoner.agent.proof;

import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.envelope.Envelope;

/** A receipt whose every proof was checked against the record it is for. Holding one is proof. */
public final class VerifiedReceipt {
  private final Envelope record;
  private final Receipt receipt;
  private final SignedCheckpoint checkpoint;
  private final VerifierKey logKey;

  VerifiedReceipt(
      Envelope record, Receipt receipt, SignedCheckpoint checkpoint, VerifierKey logKey) {
    this.record = record;
    this.receipt = receipt;
    this.checkpoint = checkpoint;
    this.logKey = logKey;
  }

  /** What was logged, as this agent signed it. */
  public Envelope record() {
    return record;
  }

  /** The openings and proofs, as they came. */
  public Receipt receipt() {
    return receipt;
  }

  /** The key of the log that signed it. */
  VerifierKey logKey() {
    return logKey;
  }

  /** The state of the log under which they hold. */
  public SignedCheckpoint checkpoint() {
    return checkpoint;
  }
}
