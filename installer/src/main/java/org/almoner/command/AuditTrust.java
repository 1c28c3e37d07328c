package org.almoner.command;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.tax.verify.TrustFile;

/**
 * Whom an audit believes: the log's keys and the witnesses of one trust file. What is not to be
 * believed ends the command with a sentence.
 */
record AuditTrust(TrustFile file) {
  static AuditTrust read(Path path) {
    return new AuditTrust(VerifyCommand.trustFile(path));
  }

  /** A checkpoint that the log has signed. */
  SignedCheckpoint open(String note) {
    try {
      return file.log().open(SignedNote.parse(note), file.witnesses());
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    }
  }

  /** What this computer saw of the log before. */
  SeenLog seen(Path state) {
    return SeenLog.open(state, file.log().verifiers());
  }

  /** Whether anybody has to have signed besides the log. */
  boolean asksWitnesses() {
    return !file.witnesses().asksNobody();
  }

  /** Whether enough witnesses have signed. */
  boolean witnessed(SignedCheckpoint checkpoint) {
    return file.witnesses().satisfied(witnesses(checkpoint));
  }

  /** Those that have. */
  Set<String> witnesses(SignedCheckpoint checkpoint) {
    try {
      return new TreeSet<>(file.witnesses().signed(checkpoint.note()));
    } catch (NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    }
  }

  Failure unwitnessed() {
    return Failure.failed(
        "the checkpoint lacks the quorum of the trust file's "
            + file.witnesses().witnesses().size()
            + " witnesses: without it the operator could show you a log of your own; try again"
            + " later, and ask the charity why");
  }
}
