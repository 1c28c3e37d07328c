package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.LeaseId;

/**
 * Walks a donor's lines, from any thread: each agent's reports are a chain of pages, the newest
 * first, so that only pages with a report of that agent are read.
 */
public final class DonorLines {
  private final RowStore store;

  /** Reads from {@code store}. */
  public DonorLines(RowStore store) {
    this.store = store;
  }

  /**
   * A line of the donor.
   *
   * @param receivedMs when the coordinator took it, by its own clock
   * @param record the report it stands in
   * @param part its place there
   */
  public record Line(long receivedMs, JournalRecord record, int part) {
    /** Index in the log. */
    public long leaf() {
      return record.leaf() + part;
    }

    /** The lease it answers. */
    public LeaseId lease() {
      return record.leases().get(part);
    }
  }

  /** Takes one line after the other. */
  @FunctionalInterface
  public interface Visitor {
    /** The next line. */
    void take(Line line) throws IOException;
  }

  /**
   * Shows each line of {@code agents} that belongs to {@code donor}, agent by agent, page by page
   * from the newest to the oldest.
   */
  public void each(DonorId donor, List<AgentId> agents, Visitor visitor) throws IOException {
    for (AgentId id : agents) {
      Optional<Agent> agent = agent(id);
      if (agent.isPresent()) {
        walk(agent.get(), agent.get().claims().keysOf(donor), visitor);
      }
    }
  }

  private Optional<Agent> agent(AgentId id) throws IOException {
    Optional<Bytes> row = store.get(Agent.key(id));
    return row.isEmpty() ? Optional.empty() : Optional.of(Agent.parse(id, row.get()));
  }

  /** The key that a record is sealed under tells whose it is, whether it can be opened or not. */
  private void walk(Agent agent, Set<KeyId> wanted, Visitor visitor) throws IOException {
    Set<KeyId> keys = agent.claims().keys();
    long at = agent.lastPage();
    while (at != Agent.NO_PAGE) {
      Page page = page(at);
      long before = Agent.NO_PAGE;
      for (JournalRecord record : page.records()) {
        if (record.kind() == Kind.USAGE && keys.contains(record.sealed().key())) {
          if (wanted.contains(record.sealed().key())) {
            show(page, record, visitor);
          }
          before = record.previousPage() == at ? before : record.previousPage();
        }
      }
      at = before;
    }
  }

  private static void show(Page page, JournalRecord record, Visitor visitor) throws IOException {
    for (int part = 0; part < record.parts(); part++) {
      visitor.take(new Line(page.receivedMs(), record, part));
    }
  }

  private Page page(long first) throws IOException {
    Bytes row =
        store
            .get(Page.key(first))
            .orElseThrow(() -> new IOException("row " + Page.key(first) + " is missing"));
    return Page.parse(first, row);
  }
}
