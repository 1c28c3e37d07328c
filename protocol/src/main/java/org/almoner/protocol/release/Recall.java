package org.almoner.protocol.release;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * An owner's word that a release is to be run no more.
 *
 * @param origin the coordinator's log it is meant for
 * @param release digest of the release's payload
 * @param reason for everybody to read, 1 to {@link #REASON_MAX} characters on one line
 */
public record Recall(String origin, Hash release, String reason) {
  /** Longest reason, in characters. */
  public static final int REASON_MAX = 200;

  private static final int ORIGIN_MAX = 200;

  /** Refuses reasons that are no line. */
  public Recall {
    requireReason(reason);
  }

  /** Refuses what {@link #parse} would refuse. */
  public static String requireReason(String reason) {
    if (reason.isBlank()
        || reason.length() > REASON_MAX
        || reason.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a reason is one line of 1 to " + REASON_MAX + " characters, for everybody to read");
    }
    return reason;
  }

  /** Reads a recall's payload. */
  public static Recall parse(JsonFields fields) throws MalformedJson {
    String origin = fields.text("origin", ORIGIN_MAX);
    Hash release = fields.hash("release");
    String reason = fields.parsed("reason", Recall::requireReason);
    fields.end();
    return new Recall(origin, release, reason);
  }

  /** The payload that the owner signs. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("release", release.toHex())
        .put("reason", reason)
        .build();
  }
}
