package org.almoner.ledger.entry;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The operator takes nothing more from an agent's key. What it had logged stays.
 *
 * @param enrolment index of an enrolment of that key, before this entry
 * @param reason a word of the operator's, {@code a-z} and dashes
 */
public record Revocation(long enrolment, String reason) {
  private static final int REASON_MAX = 40;

  /** Refuses reasons that are more than a word. */
  public Revocation {
    if (enrolment < 0) {
      throw new IllegalArgumentException("an index is not negative: " + enrolment);
    }
    if (!reason.matches("[a-z][a-z-]{0,39}")) {
      throw new IllegalArgumentException("a reason is one word of a-z and dashes, got " + reason);
    }
  }

  /** Reads an entry of kind revocation. */
  public static Revocation parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.REVOCATION);
    try {
      Revocation revocation =
          new Revocation(
              fields.integer("enrolment", 0, JsonValue.INTEGER_MAX),
              fields.text("reason", REASON_MAX));
      fields.end();
      return revocation;
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind REVOCATION: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(
        Kind.REVOCATION,
        JsonValue.Obj.of().put("enrolment", enrolment).put("reason", reason).build());
  }
}
