package org.almoner.tax.verify;

import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A key of a log, and until when its signature alone counts.
 *
 * @param revokedAt seconds since 1970 at which it may have been in other hands; {@link #NEVER} for
 *     a key that nobody stole
 */
public record BelievedKey(VerifierKey key, long revokedAt) {
  /** The moment of a key that was not revoked. */
  public static final long NEVER = JsonValue.INTEGER_MAX;

  private static final int KEY_MAX = 400;

  /** Refuses a moment before 1970. */
  public BelievedKey {
    if (revokedAt < 0 || revokedAt > NEVER) {
      throw new IllegalArgumentException("no moment: " + revokedAt);
    }
  }

  /** A key that nobody stole. */
  public BelievedKey(VerifierKey key) {
    this(key, NEVER);
  }

  static BelievedKey parse(JsonFields fields) throws MalformedJson {
    try {
      VerifierKey key = VerifierKey.parse(fields.text("key", KEY_MAX));
      long at = fields.has("revokedAt") ? fields.integer("revokedAt", 0, NEVER - 1) : NEVER;
      fields.end();
      return new BelievedKey(key, at);
    } catch (MalformedNote e) {
      throw fields.at("key", String.valueOf(e.getMessage()));
    }
  }

  JsonValue.Obj toJson() {
    JsonValue.Builder fields = JsonValue.Obj.of().put("key", key.format());
    if (isRevoked()) {
      fields.put("revokedAt", revokedAt);
    }
    return fields.build();
  }

  /** Whether its signature alone proves nothing any more. */
  public boolean isRevoked() {
    return revokedAt != NEVER;
  }
}
