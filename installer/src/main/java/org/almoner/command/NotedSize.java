package org.almoner.command;

import java.io.IOException;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.SignedNote;

/**
 * How many entries a checkpoint says there are, before its signature is looked at.
 *
 * @param size entries
 */
record NotedSize(long size) {
  NotedSize(String note) throws IOException {
    this(read(note));
  }

  private static long read(String note) throws IOException {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text()).size();
    } catch (MalformedNote | MalformedCheckpoint e) {
      throw new IOException("this is no checkpoint: " + e.getMessage(), e);
    }
  }
}
