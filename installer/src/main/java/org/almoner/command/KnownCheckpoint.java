package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.ProofRejected;

/** A checkpoint that somebody else has of a log. */
final class KnownCheckpoint {
  private KnownCheckpoint() {}

  /** Reads one from an address, a mirror's folder, or a file with the note alone. */
  static SignedCheckpoint open(String where, SignedCheckpoint own, List<VerifierKey> keys)
      throws IOException {
    boolean isFile = !where.startsWith("http") && Files.isRegularFile(Path.of(where));
    String note =
        isFile
            ? Files.readString(Path.of(where), StandardCharsets.UTF_8)
            : LogSource.open(where).checkpoint();
    try {
      return SignedCheckpoint.open(note, own.checkpoint().origin(), keys);
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new IOException(where + " has no checkpoint of this log: " + e.getMessage(), e);
    }
  }

  /** Refuses one that is no beginning of the copy: the log had two histories already. */
  static void requireBeginning(
      LogReader copy, SignedCheckpoint known, SignedCheckpoint own, String where)
      throws IOException {
    Checkpoint small = known.checkpoint();
    Checkpoint large = own.checkpoint();
    try {
      copy.consistency(small.size(), large.size())
          .verify(small.size(), small.root(), large.size(), large.root());
    } catch (ProofRejected e) {
      throw new IOException(
          where
              + " has a checkpoint that is no beginning of the copy: the log had two histories; keep"
              + " both as evidence ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
