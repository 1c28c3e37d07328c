package org.almoner.simulation.invariant;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.identity.DonorId;
import org.almoner.simulation.host.Person;
import org.almoner.simulation.server.Server;

/**
 * What the coordinator tells a donor is what the mirror and the openings add up to, and every line
 * belongs to one donor at most.
 */
final class TotalsCanBeRecounted implements Invariant {
  private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
  private static final LocalDate ALWAYS = LocalDate.of(9999, 1, 1);

  @Override
  public String sentence() {
    return "totals can be recounted from a mirror and the openings";
  }

  @Override
  public Optional<String> broken(State state) {
    Optional<Coordinator> coordinator = state.server().now();
    if (!state.last() || coordinator.isEmpty()) {
      return Optional.empty();
    }
    Set<Long> owned = new HashSet<>();
    for (Person person : state.people()) {
      for (DonorId account : person.accounts()) {
        Optional<String> fault = fault(state, coordinator.get(), account, owned);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fault(
      State state, Coordinator coordinator, DonorId account, Set<Long> owned) {
    List<CheckedLine> lines = new ArrayList<>();
    try {
      for (LineOpening opening : coordinator.openings(account)) {
        CheckedLine line = checked(state, opening);
        if (!state.books().holds(line)) {
          return Optional.of("entry " + opening.leaf() + " is not what opens it");
        }
        if (!owned.add(opening.leaf())) {
          return Optional.of("entry " + opening.leaf() + " belongs to two donors");
        }
        lines.add(line);
      }
      Tally tally = Tally.fold(lines, state.books().outcomes(), EVER, ALWAYS);
      long recounted = tally.given().cpu().totalMs();
      long told = coordinator.standing(account).countedMs();
      return recounted == told
          ? Optional.empty()
          : Optional.of(
              "donor " + account + " is told " + told + " ms, and the log says " + recounted);
    } catch (OpeningRejected e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** A line that was logged, and whose agent was never told, is opened by the coordinator alone. */
  private static CheckedLine checked(State state, LineOpening opening) throws OpeningRejected {
    CheckedLine known = state.books().lines().get(opening.leaf());
    return known == null
        ? new UsageOpening(opening.leaf(), opening.salt(), opening.part(), opening.report())
            .check(Server.ORIGIN)
        : known;
  }
}
