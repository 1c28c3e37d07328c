package org.almoner.tax.verify;

import java.time.Instant;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * From when to when a charity sealed with one of its seals. A document that says another time is
 * not one it issued.
 *
 * @param fingerprint SHA-256 of its certificate
 * @param from the first moment, seconds since 1970
 * @param to the last moment, seconds since 1970; {@link #IN_USE} while it is in use
 */
public record SealTerm(Hash fingerprint, long from, long to) {
  /** The end of a term that has not ended. */
  public static final long IN_USE = JsonValue.INTEGER_MAX;

  /** Refuses a term that ends before it begins. */
  public SealTerm {
    if (from < 0 || to < from || to > IN_USE) {
      throw new IllegalArgumentException("no term: from " + from + " to " + to);
    }
  }

  static SealTerm parse(JsonFields fields) throws MalformedJson {
    Hash seal = fields.hash("seal");
    long from = fields.integer("from", 0, IN_USE);
    long to = fields.has("to") ? fields.integer("to", from, IN_USE - 1) : IN_USE;
    fields.end();
    return new SealTerm(seal, from, to);
  }

  JsonValue.Obj toJson() {
    JsonValue.Builder fields =
        JsonValue.Obj.of().put("seal", fingerprint.toHex()).put("from", from);
    if (to != IN_USE) {
      fields.put("to", to);
    }
    return fields.build();
  }

  /** The same seal, used no more after that moment. */
  public SealTerm endedAt(Instant moment) {
    return new SealTerm(fingerprint, from, Math.max(from, moment.getEpochSecond()));
  }

  /** Whether the charity sealed with it at that moment. */
  boolean covers(Instant moment) {
    long second = moment.getEpochSecond();
    return second >= from && second <= to;
  }

  @Override
  public String toString() {
    return "from "
        + Instant.ofEpochSecond(from)
        + (to == IN_USE ? " on" : " to " + Instant.ofEpochSecond(to));
  }
}
