package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * Finds what opens a donor's lines, from any thread: each agent's reports are a chain of pages, the
 * newest first, so that only pages with a report of that agent are read.
 */
public final class Openings {
  private final RowStore store;

  /** Reads from {@code store}. */
  public Openings(RowStore store) {
    this.store = store;
  }

  /** Openings of the lines of {@code agents} that belong to {@code donor}, in leaf order. */
  public List<LineOpening> of(DonorId donor, List<AgentId> agents) throws IOException {
    List<LineOpening> openings = new ArrayList<>();
    for (AgentId id : agents) {
      Optional<Bytes> row = store.get(Agent.key(id));
      if (row.isPresent()) {
        collect(donor, Agent.parse(id, row.get()), openings);
      }
    }
    openings.sort(Comparator.comparingLong(LineOpening::leaf));
    return openings;
  }

  private void collect(DonorId donor, Agent agent, List<LineOpening> openings) throws IOException {
    long at = agent.lastPage();
    while (at != Agent.NO_PAGE) {
      Page page = page(at);
      long before = Agent.NO_PAGE;
      for (JournalRecord record : page.records()) {
        Optional<Envelope> report = reportOf(agent, record);
        if (report.isPresent()) {
          add(donor, agent, record, report.get(), openings);
          before = record.previousPage() == at ? before : record.previousPage();
        }
      }
      at = before;
    }
  }

  private static void add(
      DonorId donor,
      Agent agent,
      JournalRecord record,
      Envelope report,
      List<LineOpening> openings) {
    for (int part = 0; part < record.salts().size(); part++) {
      long leaf = record.leaf() + part;
      if (agent.claims().at(leaf).filter(donor::equals).isPresent()) {
        openings.add(new LineOpening(leaf, record.salts().get(part), part, report));
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
