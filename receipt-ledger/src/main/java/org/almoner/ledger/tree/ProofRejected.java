package org.almoner.ledger.tree;

/** A Merkle proof does not show what it claims; the message says where it fails. */
public final class ProofRejected extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public ProofRejected(String message) {
    super(message);
  }
}
