package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
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
  public record Line(long receivedMs, JournalRecord record, Envelope report, int part) {
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
      Optional<Bytes> row = store.get(Agent.key(id));
      if (row.isPresent()) {
        walk(donor, Agent.parse(id, row.get()), visitor);
      }
    }
  }

  private void walk(DonorId donor, Agent agent, Visitor visitor) throws IOException {
    long at = agent.lastPage();
    while (at != Agent.NO_PAGE) {
      Page page = page(at);
      long before = Agent.NO_PAGE;
      for (JournalRecord record : page.records()) {
        Optional<Envelope> report = reportOf(agent, record);
        if (report.isPresent()) {
          show(donor, agent, page, record, report.get(), visitor);
          before = record.previousPage() == at ? before : record.previousPage();
        }
      }
      at = before;
    }
  }

  private static void show(
      DonorId donor, Agent agent, Page page, JournalRecord record, Envelope report, Visitor visitor)
      throws IOException {
    for (int part = 0; part < record.salts().size(); part++) {
      if (agent.claims().at(record.leaf() + part).filter(donor::equals).isPresent()) {
        visitor.take(new Line(page.receivedMs(), record, report, part));
      }
    }
  }

  private static Optional<Envelope> reportOf(Agent agent, JournalRecord record) {
    return record.kind() == Kind.USAGE
        ? record.envelope().filter(e -> e.signer().equals(agent.publicKey()))
        : Optional.empty();
  }

  private Page page(long first) throws IOException {
    Bytes row =
        store
            .get(Page.key(first))
            .orElseThrow(() -> new IOException("row " + Page.key(first) + " is missing"));
    return Page.parse(first, row);
  }
}
