package org.almoner.protocol.lease;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Leases the coordinator allots to one agent at one time, under one signature.
 *
 * <p>A usage line names its grant by the SHA-256 of the grant's payload; with the lease id inside,
 * that fixes software, arguments, inputs, allotment and deadline of the work.
 *
 * @param issuedMs when, milliseconds since 1970 UTC, coordinator's clock
 * @param deadlineMs results must arrive before it, same clock
 * @param meter version of the rule by which instructions are counted
 * @param work one entry for each batch among the leases
 * @param leases 1 to {@link #LEASES_MAX}
 */
public record Grant(
    String origin,
    AgentId agent,
    long issuedMs,
    long deadlineMs,
    String meter,
    List<Work> work,
    List<Lease> leases) {
  /** Most leases in a grant, and most lines in a usage report. */
  public static final int LEASES_MAX = 64;

  /** Copies the lists. */
  public Grant {
    work = List.copyOf(work);
    leases = List.copyOf(leases);
  }

  /** The shared part of a lease of this grant. */
  public Work workOf(LeaseId lease) {
    return work.stream()
        .filter(w -> w.batch().equals(lease.batch()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no work in this grant for " + lease));
  }

  /**
   * Reads a grant's payload.
   *
   * @throws MalformedJson also when a lease has no work entry or appears twice
   */
  public static Grant parse(JsonFields fields) throws MalformedJson {
    List<Work> work = new ArrayList<>();
    Set<BatchId> batches = new HashSet<>();
    for (JsonFields item : fields.objects("work", 1, LEASES_MAX)) {
      Work one = Work.parse(item);
      work.add(one);
      if (!batches.add(one.batch())) {
        throw new MalformedJson("batch " + one.batch() + " has two work entries");
      }
    }
    List<Lease> leases = new ArrayList<>();
    Set<LeaseId> ids = new HashSet<>();
    for (JsonFields item : fields.objects("leases", 1, LEASES_MAX)) {
      Lease lease = Lease.parse(item);
      leases.add(lease);
      if (!ids.add(lease.id()) || !batches.contains(lease.id().batch())) {
        throw new MalformedJson("lease " + lease.id() + " appears twice or has no work entry");
      }
    }
    Grant grant =
        new Grant(
            fields.text("origin", 200),
            fields.parsed("agent", AgentId::parseHex),
            fields.integer("issuedMs", 0, JsonValue.INTEGER_MAX),
            fields.integer("deadlineMs", 0, JsonValue.INTEGER_MAX),
            fields.text("meter", 100),
            work,
            leases);
    fields.end();
    return grant;
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("agent", agent.toHex())
        .put("issuedMs", issuedMs)
        .put("deadlineMs", deadlineMs)
        .put("meter", meter)
        .put("work", work.stream().map(Work::toJson).toList())
        .put("leases", leases.stream().map(Lease::toJson).toList())
        .build();
  }
}
