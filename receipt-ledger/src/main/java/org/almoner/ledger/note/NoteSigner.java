package org.almoner.ledger.note;

/** A key that signs texts. */
public interface NoteSigner {
  /** The public half. */
  NoteVerifier verifier();

  /** Signs {@code text}, which ends with a newline. */
  NoteSignature sign(String text);
}
