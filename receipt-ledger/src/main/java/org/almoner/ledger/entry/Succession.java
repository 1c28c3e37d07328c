package org.almoner.ledger.entry;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * This log follows another, which its operator closed because its key was lost or stolen.
 *
 * <p>Holding one shows that a key of the closed log signed the checkpoint with which it ends; it
 * shows nothing of witnesses, whose lines stay in the note for whoever believes them.
 */
public final class Succession {
  /** Most keys of the closed log. */
  public static final int KEYS_MAX = 32;

  /** Longest note with which a log is closed, in octets. */
  public static final int NOTE_MAX = 16_384;

  private static final int KEY_MAX = 400;
  private static final int REASON_MAX = 10;

  private final List<VerifierKey> keys;
  private final SignedCheckpoint end;
  private final String reason;

  private Succession(List<VerifierKey> keys, SignedCheckpoint end, String reason) {
    this.keys = keys;
    this.end = end;
    this.reason = reason;
  }

  /**
   * Checks that the closed log signed its last checkpoint.
   *
   * @param keys of the closed log, the oldest first, 1 to {@value #KEYS_MAX}
   * @param end the note of its last checkpoint that counts, with the lines of its witnesses
   * @param reason {@code lost} or {@code stolen}
   * @throws MalformedEntry when one of them does not fit
   */
  public static Succession of(List<VerifierKey> keys, SignedNote end, String reason)
      throws MalformedEntry {
    if (keys.isEmpty() || keys.size() > KEYS_MAX) {
      throw fault("a closed log has 1 to " + KEYS_MAX + " keys, got " + keys.size());
    }
    String origin = keys.get(0).name();
    for (VerifierKey key : keys) {
      if (!key.name().equals(origin)) {
        throw fault("keys: the keys are of two logs, " + origin + " and " + key.name());
      }
    }
    if (keys.stream().distinct().count() != keys.size()) {
      throw fault("keys: one key is named twice");
    }
    if (!reason.equals("lost") && !reason.equals("stolen")) {
      throw fault("reason: a log is closed as lost or stolen, got " + reason);
    }
    if (Bytes.utf8(end.format()).size() > NOTE_MAX) {
      throw fault("checkpoint: the note is longer than " + NOTE_MAX + " octets");
    }
    try {
      return new Succession(List.copyOf(keys), SignedCheckpoint.open(end, origin, keys), reason);
    } catch (MalformedCheckpoint | NoteRejected e) {
      throw fault("checkpoint: " + e.getMessage());
    }
  }

  /** Reads an entry of kind succession. */
  public static Succession parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.SUCCESSION);
    try {
      SignedNote end = SignedNote.parse(fields.freeText("checkpoint", NOTE_MAX));
      List<VerifierKey> keys = new ArrayList<>();
      for (String key : fields.texts("keys", 1, KEYS_MAX, KEY_MAX)) {
        keys.add(VerifierKey.parse(key));
      }
      String reason = fields.text("reason", REASON_MAX);
      fields.end();
      return of(keys, end, reason);
    } catch (MalformedJson | MalformedNote e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }

  private static MalformedEntry fault(String what) {
    return new MalformedEntry("entry of kind SUCCESSION: " + what);
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(
        Kind.SUCCESSION,
        JsonValue.Obj.of()
            .put("checkpoint", end.format())
            .putTexts("keys", keys.stream().map(VerifierKey::format).toList())
            .put("reason", reason)
            .build());
  }

  /** Keys of the closed log, the oldest first. */
  public List<VerifierKey> keys() {
    return keys;
  }

  /** Its last checkpoint that counts. */
  public Checkpoint end() {
    return end.checkpoint();
  }

  /** Why it was closed, {@code lost} or {@code stolen}. */
  public String reason() {
    return reason;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Succession that && entry().equals(that.entry());
  }

  @Override
  public int hashCode() {
    return entry().hashCode();
  }

  /** The closed log, where it ends, and why, in words. */
  @Override
  public String toString() {
    return end().origin() + " at size " + end().size() + " (key " + reason + ")";
  }
}
