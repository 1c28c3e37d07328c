package org.almoner.ledger.checkpoint;

import java.util.Collection;
import java.util.List;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.SignedNote;

/** A checkpoint that a trusted key of its log signed. Holding one is the proof. */
public final class SignedCheckpoint {
  private final Checkpoint checkpoint;
  private final SignedNote note;

  private SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
    this.checkpoint = checkpoint;
    this.note = note;
  }

  /** Signs a checkpoint with every key of the log. */
  public static SignedCheckpoint sign(Checkpoint checkpoint, List<? extends NoteSigner> signers) {
    return new SignedCheckpoint(checkpoint, SignedNote.sign(checkpoint.noteText(), signers));
  }

  /**
   * Reads a note and checks that it is a checkpoint of {@code origin} signed by one of its keys.
   *
   * @param logKeys keys of the log; a line of one of them that does not verify rejects the note
   * @throws MalformedNote when it is no note
   * @throws NoteRejected when the signatures do not hold, or when it names another log
   * @throws MalformedCheckpoint when the text is no checkpoint
   */
  public static SignedCheckpoint open(
      String note, String origin, Collection<? extends NoteVerifier> logKeys)
      throws MalformedNote, NoteRejected, MalformedCheckpoint {
    return open(SignedNote.parse(note), origin, logKeys);
  }

  /** As the other {@code open}, for a note that was read before. */
  public static SignedCheckpoint open(
      SignedNote note, String origin, Collection<? extends NoteVerifier> logKeys)
      throws NoteRejected, MalformedCheckpoint {
    Checkpoint checkpoint = Checkpoint.parse(note.open(logKeys).text());
    if (!checkpoint.origin().equals(origin)) {
      throw new NoteRejected(
          "the checkpoint is of log " + checkpoint.origin() + ", not of " + origin);
    }
    return new SignedCheckpoint(checkpoint, note);
  }

  /** What was signed. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The note as it came, with all its signatures. */
  public SignedNote note() {
    return note;
  }

  /** Whether that key signed; false also when its line does not fit the text. */
  public boolean isSignedBy(NoteVerifier key) {
    try {
      return !note.open(List.of(key)).signedBy().isEmpty();
    } catch (NoteRejected e) {
      return false;
    }
  }

  /** The note as text, the octets that are served. */
  public String format() {
    return note.format();
  }
}
