package org.almoner.command.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;

/**
 * Checkpoints whose signature was found good. All answers of one group commit show the same one: a
 * load that stands for hundreds of agents verifies its octets once and not for each of them. For
 * any thread.
 */
final class Checkpoints {
  /** Remembered at once; with one more all are forgotten. */
  private static final int NOTES_MAX = 256;

  private final Map<String, SignedCheckpoint> good = new ConcurrentHashMap<>();

  /** The checkpoint in the note, which one of the log's keys signed. */
  SignedCheckpoint open(String note, Place place)
      throws MalformedNote, NoteRejected, MalformedCheckpoint {
    SignedCheckpoint known = good.get(note);
    if (known != null) {
      return known;
    }
    SignedCheckpoint opened = SignedCheckpoint.open(note, place.origin(), place.logKeys());
    if (good.size() >= NOTES_MAX) {
      good.clear();
    }
    good.put(note, opened);
    return opened;
  }
}
