package org.almoner.ledger.entry;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A document that stands no more. It is named by the statement in it, which is a commitment: so the
 * log tells who holds the document, and nobody else, whose it is.
 *
 * @param statement index of the entry of kind statement that the document carries, before this one
 * @param by index of the statement of the document that stands in its place, before this one;
 *     {@link #NOTHING} when it was cancelled and nothing does
 */
public record Withdrawal(long statement, long by) {
  /** Nothing stands in the document's place. */
  public static final long NOTHING = -1;

  private static final String REPLACED = "replaced";
  private static final String CANCELLED = "cancelled";

  /** Refuses a document in its own place. */
  public Withdrawal {
    if (statement < 0 || by < NOTHING) {
      throw new IllegalArgumentException("an index is not negative: " + statement + ", " + by);
    }
    if (statement == by) {
      throw new IllegalArgumentException(
          "a document is not replaced by itself: by and statement are both " + by);
    }
  }

  /** A document in whose place nothing stands. */
  public static Withdrawal cancelled(long statement) {
    return new Withdrawal(statement, NOTHING);
  }

  /** Whether another document stands in its place. */
  public boolean isReplaced() {
    return by != NOTHING;
  }

  /** {@code replaced} or {@code cancelled}. */
  public String state() {
    return isReplaced() ? REPLACED : CANCELLED;
  }

  /** Reads an entry of kind withdrawal. */
  public static Withdrawal parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.WITHDRAWAL);
    try {
      String state = fields.text("state", REPLACED.length() + 1);
      if (!state.equals(REPLACED) && !state.equals(CANCELLED)) {
        throw fields.at("state", "expected replaced or cancelled, got " + state);
      }
      long by = state.equals(REPLACED) ? fields.integer("by", 0, JsonValue.INTEGER_MAX) : NOTHING;
      Withdrawal withdrawal =
          new Withdrawal(fields.integer("statement", 0, JsonValue.INTEGER_MAX), by);
      fields.end();
      return withdrawal;
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind WITHDRAWAL: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    JsonValue.Builder fields = JsonValue.Obj.of().put("state", state()).put("statement", statement);
    if (isReplaced()) {
      fields.put("by", by);
    }
    return Entry.ofRecord(Kind.WITHDRAWAL, fields.build());
  }
}
