package org.almoner.ledger.note;

import java.util.List;

/** A note that at least one trusted key signed. Holding one is the proof. */
public final class VerifiedNote {
  private final SignedNote note;
  private final List<NoteVerifier> signedBy;

  VerifiedNote(SignedNote note, List<NoteVerifier> signedBy) {
    this.note = note;
    this.signedBy = List.copyOf(signedBy);
  }

  /** The text, newline at the end. */
  public String text() {
    return note.text();
  }

  /** The note as it came, with all its signatures. */
  public SignedNote note() {
    return note;
  }

  /** The trusted keys that signed, each once, in the order of the lines. */
  public List<NoteVerifier> signedBy() {
    return signedBy;
  }
}
