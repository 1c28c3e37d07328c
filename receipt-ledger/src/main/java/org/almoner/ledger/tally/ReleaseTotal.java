package org.almoner.ledger.tally;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What one donor gave to runs of one release, in one period.
 *
 * @param release digest of the signed release
 * @param given sums over the accepted lines
 * @param accepted lines that count, at least one
 */
public record ReleaseTotal(Hash release, Quantities given, long accepted) {
  /** Refuses a release of which no line counts. */
  public ReleaseTotal {
    if (accepted < 1) {
      throw new IllegalArgumentException("a release without a line that counts is left out");
    }
  }

  /** The total of both, of one release. */
  ReleaseTotal plus(ReleaseTotal other) {
    return new ReleaseTotal(
        release, given.plus(other.given), Math.addExact(accepted, other.accepted));
  }

  /** Reads the object that {@link #toJson} writes. */
  public static ReleaseTotal parse(JsonFields fields) throws MalformedJson {
    ReleaseTotal total =
        new ReleaseTotal(
            fields.hash("release"),
            Quantities.parse(fields.object("given")),
            fields.integer("accepted", 1, JsonValue.INTEGER_MAX));
    fields.end();
    return total;
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("release", release.toHex())
        .put("given", given.toJson())
        .put("accepted", accepted)
        .build();
  }
}
