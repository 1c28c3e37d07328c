package org.almoner.ledger.entry;

import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The log passes from one of its keys to another. From this entry on both may sign its checkpoints;
 * whoever believes {@code from} believes {@code to} once a checkpoint that {@code from} signed
 * holds this entry.
 *
 * @param from the key that was the newest so far
 * @param to another key of the same log
 */
public record KeyRotation(VerifierKey from, VerifierKey to) {
  private static final int KEY_MAX = 400;

  /** Refuses keys of two logs, and one key twice. */
  public KeyRotation {
    if (!from.name().equals(to.name())) {
      throw new IllegalArgumentException(
          "the keys are of two logs, " + from.name() + " and " + to.name());
    }
    if (from.key().equals(to.key())) {
      throw new IllegalArgumentException("the new key is the old one, " + from.format());
    }
  }

  /** Reads an entry of kind key-rotation. */
  public static KeyRotation parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.KEY_ROTATION);
    try {
      KeyRotation rotation =
          new KeyRotation(
              VerifierKey.parse(fields.text("from", KEY_MAX)),
              VerifierKey.parse(fields.text("to", KEY_MAX)));
      fields.end();
      return rotation;
    } catch (MalformedJson | MalformedNote | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind KEY_ROTATION: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(
        Kind.KEY_ROTATION,
        JsonValue.Obj.of().put("from", from.format()).put("to", to.format()).build());
  }
}
