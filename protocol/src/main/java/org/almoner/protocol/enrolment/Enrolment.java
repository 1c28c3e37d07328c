package org.almoner.protocol.enrolment;

import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;

/**
 * An agent presents its key to a coordinator; its signature proves that it holds the key.
 *
 * @param origin the coordinator's log, so that the proof is worth nothing elsewhere
 * @param key the agent's public key
 * @param software name and version of the agent
 * @param os operating system family, e.g. {@code linux}
 * @param arch processor architecture, e.g. {@code amd64}
 * @param cores logical processors of the machine
 * @param memoryBytes physical memory of the machine
 */
public record Enrolment(
    String origin,
    PublicKey key,
    String software,
    String os,
    String arch,
    int cores,
    long memoryBytes) {
  /** Most logical processors one machine may claim. */
  public static final int CORES_MAX = Allotment.CORES_MAX * 16;

  /** Reads an enrolment's payload. */
  public static Enrolment parse(JsonFields fields) throws MalformedJson {
    Enrolment enrolment =
        new Enrolment(
            fields.text("origin", 200),
            fields.parsed("key", PublicKey::parseHex),
            fields.text("software", 100),
            fields.text("os", 50),
            fields.text("arch", 50),
            fields.smallInteger("cores", 1, CORES_MAX),
            fields.integer("memoryBytes", 1, JsonValue.INTEGER_MAX));
    fields.end();
    return enrolment;
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("key", key.toHex())
        .put("software", software)
        .put("os", os)
        .put("arch", arch)
        .put("cores", cores)
        .put("memoryBytes", memoryBytes)
        .build();
  }
}
