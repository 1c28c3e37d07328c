package org.almoner.protocol.lease;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * An agent asks for work. The same request again gets the same answer.
 *
 * @param id 16 random octets that name the request
 * @param want leases, 1 to {@link Grant#LEASES_MAX}
 * @param cores processors the agent lends to one unit
 * @param memoryBytes memory it lends to one unit
 * @param diskBytes disk it lends to one unit
 */
public record LeaseRequest(
    String origin, AgentId agent, Bytes id, int want, int cores, long memoryBytes, long diskBytes) {
  /** Octets in a request's name. */
  public static final int ID_SIZE = 16;

  /** Reads a lease request's payload. */
  public static LeaseRequest parse(JsonFields fields) throws MalformedJson {
    LeaseRequest request =
        new LeaseRequest(
            fields.text("origin", 200),
            fields.parsed("agent", AgentId::parseHex),
            fields.hex("id", ID_SIZE),
            fields.smallInteger("want", 1, Grant.LEASES_MAX),
            fields.smallInteger("cores", 1, Allotment.CORES_MAX),
            fields.integer("memoryBytes", 0, JsonValue.INTEGER_MAX),
            fields.integer("diskBytes", 0, JsonValue.INTEGER_MAX));
    fields.end();
    return request;
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("agent", agent.toHex())
        .put("id", id.toHex())
        .put("want", want)
        .put("cores", cores)
        .put("memoryBytes", memoryBytes)
        .put("diskBytes", diskBytes)
        .build();
  }
}
