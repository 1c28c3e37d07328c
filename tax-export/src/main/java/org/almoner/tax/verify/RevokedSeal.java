package org.almoner.tax.verify;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A seal of a charity's that may have been in other hands.
 *
 * @param fingerprint SHA-256 of its certificate
 * @param at since when, seconds since 1970
 */
public record RevokedSeal(Hash fingerprint, long at) {
  /** Refuses a moment before 1970. */
  public RevokedSeal {
    if (at < 0 || at > JsonValue.INTEGER_MAX) {
      throw new IllegalArgumentException("no moment: " + at);
    }
  }

  static RevokedSeal parse(JsonFields fields) throws MalformedJson {
    RevokedSeal revoked =
        new RevokedSeal(fields.hash("seal"), fields.integer("at", 0, JsonValue.INTEGER_MAX));
    fields.end();
    return revoked;
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("seal", fingerprint.toHex()).put("at", at).build();
  }
}
