package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.dispatch.Lent;
import org.almoner.coordinator.dispatch.OpenGrant;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageReport;

/** Which leases agents have out, as far as rows alone tell. Asked from any thread. */
final class OpenLeases {
  private final RowStore store;

  OpenLeases(RowStore store) {
    this.store = store;
  }

  /**
   * Whether something is taken from the report's agent, and each of its lines is of a lease in a
   * grant of that agent of which results may still be taken. The writer decides; this is asked
   * before work is done for somebody who may be anybody.
   */
  boolean hold(UsageReport report) throws IOException {
    AgentId id = report.agent();
    Optional<Bytes> lent = store.get(Lent.key(id));
    Optional<Bytes> agent = store.get(Agent.key(id));
    if (lent.isEmpty() || agent.isEmpty() || !Agent.parse(id, agent.get()).isBelieved()) {
      return false;
    }
    Set<LeaseId> out = new HashSet<>();
    for (OpenGrant grant : Lent.parse(id, lent.get()).grants()) {
      out.addAll(grant.leases());
    }
    return report.lines().stream().allMatch(line -> out.contains(line.lease()));
  }
}
