package org.almoner.protocol.usage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseId;

/**
 * Everything an agent finished since its last report to one coordinator, signed once.
 *
 * <p>Reports of an agent form a chain: {@code seq} counts from 0 and {@code prev} is the SHA-256 of
 * the previous report's payload. A report is minted and stored before it is first sent.
 *
 * @param origin the coordinator's log
 * @param seq 0 for the first report
 * @param prev {@link Hash#ZERO} for the first report
 * @param lines 1 to {@link Grant#LEASES_MAX}, no lease twice
 */
public record UsageReport(
    String origin, AgentId agent, long seq, Hash prev, List<UsageLine> lines) {
  /** Copies the lines. */
  public UsageReport {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a report's payload.
   *
   * @throws MalformedJson also when a lease appears twice or the first report names a predecessor
   */
  public static UsageReport parse(JsonFields fields) throws MalformedJson {
    List<UsageLine> lines = new ArrayList<>();
    Set<LeaseId> leases = new HashSet<>();
    for (JsonFields item : fields.objects("lines", 1, Grant.LEASES_MAX)) {
      UsageLine line = UsageLine.parse(item);
      lines.add(line);
      if (!leases.add(line.lease())) {
        throw new MalformedJson("lease " + line.lease() + " has two lines in one report");
      }
    }
    UsageReport report =
        new UsageReport(
            fields.text("origin", 200),
            fields.parsed("agent", AgentId::parseHex),
            fields.integer("seq", 0, JsonValue.INTEGER_MAX),
            fields.hash("prev"),
            lines);
    fields.end();
    if ((report.seq() == 0) != report.prev().equals(Hash.ZERO)) {
      throw fields.at("prev", "is all zeros in the first report (seq 0) and in no other");
    }
    return report;
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("agent", agent.toHex())
        .put("seq", seq)
        .put("prev", prev.toHex())
        .put("lines", lines.stream().map(UsageLine::toJson).toList())
        .build();
  }
}
