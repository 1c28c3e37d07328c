package org.almoner.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** What can be told from rows alone, on any thread. */
final class Reads {
  private final RowStore store;

  Reads(RowStore store) {
    this.store = store;
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
   * Whether the agent has a grant of which results may still be taken, and something is taken from
   * its key.
   */
  boolean holdsLease(AgentId id, long nowMs) throws IOException {
    Optional<Bytes> lent = store.get(Lent.key(id));
    Optional<Bytes> agent = store.get(Agent.key(id));
    if (lent.isEmpty() || agent.isEmpty()) {
      return false;
    }
    Agent asking = Agent.parse(id, agent.get());
    return asking.isBelieved()
        && Lent.parse(id, lent.get()).grants().stream().anyMatch(g -> g.overMs() > nowMs);
  }
}
