package org.almoner.coordinator;

import java.io.IOException;
import java.util.Optional;
import org.almoner.coordinator.dispatch.Lent;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.OutputPlace;
import org.almoner.coordinator.journal.Page;
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

  /**
   * Whether the agent has a grant whose deadline has not passed, and is neither suspended nor
   * dismissed.
   */
  boolean holdsLease(AgentId id, long nowMs) throws IOException {
    Optional<Bytes> lent = store.get(Lent.key(id));
    Optional<Bytes> agent = store.get(Agent.key(id));
    if (lent.isEmpty() || agent.isEmpty()) {
      return false;
    }
    Agent asking = Agent.parse(id, agent.get());
    return !asking.suspended()
        && !asking.dismissed()
        && Lent.parse(id, lent.get()).grants().stream().anyMatch(g -> g.deadlineMs() > nowMs);
  }
}
