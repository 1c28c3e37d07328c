package org.almoner.protocol.lease;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * An agent announces an output bundle too large to travel inside a usage report.
 *
 * @param origin the coordinator's log, so that the announcement is worth nothing elsewhere
 * @param agent who uploads
 * @param digest SHA-256 of the output bundle
 * @param bytes its octets, at most {@link BlobRef#BYTES_MAX}
 */
public record Upload(String origin, AgentId agent, Hash digest, long bytes) {
  /** Reads an upload's payload. */
  public static Upload parse(JsonFields fields) throws MalformedJson {
    Upload upload =
        new Upload(
            fields.text("origin", 200),
            fields.parsed("agent", AgentId::parseHex),
            fields.hash("sha256"),
            fields.integer("bytes", 0, BlobRef.BYTES_MAX));
    fields.end();
    return upload;
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("agent", agent.toHex())
        .put("sha256", digest.toHex())
        .put("bytes", bytes)
        .build();
  }
}
