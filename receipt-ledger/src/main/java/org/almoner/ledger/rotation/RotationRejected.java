package org.almoner.ledger.rotation;

/** A rotation that is not what it claims to be; the message says where it fails. */
public final class RotationRejected extends Exception {
  private static final long serialVersionUID = 1L;

  RotationRejected(String sentence) {
    super(sentence);
  }
}
