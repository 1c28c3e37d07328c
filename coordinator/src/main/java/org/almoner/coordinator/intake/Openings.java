package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/** Finds what opens a donor's lines, from any thread. */
public final class Openings {
  private final DonorLines lines;

  /** Reads from {@code store}. */
  public Openings(RowStore store) {
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
}
