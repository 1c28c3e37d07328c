package org.almoner.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.dispatch.Lent;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.OutputPlace;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.BundleLimits;

/** What can be told from rows alone, on any thread. */
final class Reads {
  private final RowStore store;
  private final Batches batches;

  Reads(RowStore store, Batches batches) {
    this.store = store;
    this.batches = batches;
  }

  /** An agreed output that travelled with a report. */
  Optional<Bytes> output(Hash digest) throws IOException {
    Optional<Bytes> row = store.get(OutputPlace.key(digest));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    long first = OutputPlace.parse(digest, row.get()).page();
    Optional<Bytes> page = store.get(Page.key(first));
    return page.isEmpty() ? Optional.empty() : Page.parse(first, page.get()).output(digest);
  }

  /** Whether a unit's answer was agreed to be this output. */
  boolean agreed(Hash digest) throws IOException {
    return store.get(OutputPlace.key(digest)).isPresent();
  }

  /** The agent whose newest enrolment is the entry at {@code leaf}; reads every agent's row. */
  Optional<AgentId> enrolledAt(long leaf) throws IOException {
    List<AgentId> found = new ArrayList<>();
    List<DamagedRow> damaged = new ArrayList<>();
    store.scan(
        Agent.FAMILY,
        (key, row) -> {
          try {
            AgentId id = AgentId.parseHex(key.substring(Agent.FAMILY.length()));
            if (Agent.parse(id, row).enrolled().leaf() == leaf) {
              found.add(id);
            }
          } catch (DamagedRow e) {
            damaged.add(e);
          }
        });
    if (found.isEmpty() && !damaged.isEmpty()) {
      throw damaged.get(0);
    }
    return found.stream().findFirst();
  }

  static Refusal noEnrolment(long leaf) {
    return new Refusal(
        404,
        "unknown-enrolment",
        "No such enrolment",
        "entry "
            + leaf
            + " of the log is no agent's enrolment; the index is the leaf in the agent's"
            + " enrolment receipt, or of the enrolment before its lines in the log");
  }

  /**
   * Octets of the largest bundle that fits a lease of the agent of which results may still be
   * taken; empty when it has none, or nothing is taken from its key.
   */
  OptionalLong outputBytesMax(AgentId id, long nowMs) throws IOException {
    Optional<Bytes> lent = store.get(Lent.key(id));
    Optional<Bytes> agent = store.get(Agent.key(id));
    if (lent.isEmpty() || agent.isEmpty()) {
      return OptionalLong.empty();
    }
    Agent asking = Agent.parse(id, agent.get());
    if (!asking.isBelieved()) {
      return OptionalLong.empty();
    }
    return Lent.parse(id, lent.get()).grants().stream()
        .filter(grant -> grant.overMs() > nowMs)
        .flatMap(grant -> grant.leases().stream().map(LeaseId::batch).distinct())
        .flatMap(batch -> batches.find(batch).stream())
        .map(Batch::spec)
        .mapToLong(spec -> BundleLimits.ofOctets(spec.allotment().diskBytes()).bundleOctets())
        .max();
  }
}
