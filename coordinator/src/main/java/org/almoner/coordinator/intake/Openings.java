package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/** Finds what opens lines of the log, from any thread. */
public final class Openings {
  /** More leaves than one group commit logs, and so than one page has. */
  private static final int PAGE_LEAVES_MAX = 1 << 17;

  private final RowStore store;
  private final DonorLines lines;

  /** Reads from {@code store}. */
  public Openings(RowStore store) {
    this.store = store;
    this.lines = new DonorLines(store);
  }

  /** Openings of the lines of {@code agents} that belong to {@code donor}, in leaf order. */
  public List<LineOpening> of(DonorId donor, List<AgentId> agents) throws IOException {
    List<LineOpening> openings = new ArrayList<>();
    lines.each(
        donor,
        agents,
        line ->
            openings.add(
                new LineOpening(
                    line.leaf(),
                    line.record().salts().get(line.part()),
                    line.part(),
                    line.report())));
    openings.sort(Comparator.comparingLong(LineOpening::leaf));
    return openings;
  }

  /**
   * What opens the entry at {@code leaf}; empty when that is a public entry, one the coordinator
   * made, or not in the log.
   *
   * <p>Finds the page by trying the leaves before it, some hundred reads in a busy log: for an
   * auditor's handful, not for all.
   */
  public Optional<LineOpening> at(long leaf) throws IOException {
    for (long first = leaf; first >= Math.max(0, leaf - PAGE_LEAVES_MAX); first--) {
      Optional<Bytes> row = store.get(Page.key(first));
      if (row.isPresent()) {
        return Page.parse(first, row.get())
            .recordOf(leaf)
            .flatMap(record -> opening(record, leaf, (int) (leaf - record.leaf())));
      }
    }
    return Optional.empty();
  }

  private static Optional<LineOpening> opening(JournalRecord record, long leaf, int part) {
    return record
        .envelope()
        .map(signed -> new LineOpening(leaf, record.salts().get(part), part, signed));
  }
}
