package org.almoner.agent.proof;

import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.protocol.envelope.Envelope;

/** A receipt whose every proof was checked against the record it is for. Holding one is proof. */
public final class VerifiedReceipt {
  private final Envelope record;
  private final Receipt receipt;
  private final SignedCheckpoint checkpoint;

  VerifiedReceipt(Envelope record, Receipt receipt, SignedCheckpoint checkpoint) {
    this.record = record;
    this.receipt = receipt;
    this.checkpoint = checkpoint;
  }

  /** What was logged, as this agent signed it. */
  public Envelope record() {
    return record;
  }

  /** The openings and proofs, as they came. */
  public Receipt receipt() {
    return receipt;
  }

  /** The state of the log under which they hold. */
  public SignedCheckpoint checkpoint() {
    return checkpoint;
  }
}
