package org.almoner.agent.origin;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What a coordinator said of itself at the first meeting; it must say the same for ever.
 *
 * @param origin name of its log
 * @param logKey the log's verifier key, in signed-note form
 * @param coordinatorKey the key that signs grants
 */
public record Pinned(String origin, String logKey, PublicKey coordinatorKey) {
  /** Longest name of a log, in characters. */
  public static final int ORIGIN_MAX = 200;

  private static final int LOG_KEY_MAX = 400;

  /**
   * Reads the fields that matter and passes over others: what a newer coordinator adds to its
   * introduction is not signed and not needed.
   */
  public static Pinned parse(JsonFields fields) throws MalformedJson {
    return new Pinned(
        fields.text("origin", ORIGIN_MAX),
        fields.text("logKey", LOG_KEY_MAX),
        fields.parsed("coordinatorKey", PublicKey::parseHex));
  }

  /** The object that {@link #parse} reads. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("logKey", logKey)
        .put("coordinatorKey", coordinatorKey.toHex())
        .build();
  }

  /** A name for a directory: nothing in it depends on what characters the origin has. */
  public String directoryName() {
    return Hash.sha256(origin.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toHex();
  }
}
