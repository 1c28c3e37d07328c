package org.almoner.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.desk.UnitPage;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.validation.Answer;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.result.LastLines;

/** What became of a batch's units, told from rows and outputs; for one question on one thread. */
final class UnitStories {
  /** Most units looked at for one answer. */
  static final int LOOKS_MAX = 20_000;

  /** Most attempts whose last lines, or faults, are told in one answer. */
  static final int TAILS_MAX = 100;

  private final RowStore store;
  private final Map<AgentId, UnitView.HostClass> computers = new HashMap<>();
  private Optional<Page> page = Optional.empty();
  private final WhyNoResult why;
  private int tails;

  UnitStories(RowStore store, BlobShelf blobs) {
    this.store = store;
    this.why = new WhyNoResult(blobs);
  }

  UnitPage page(Batch batch, long from, int limit, Set<UnitView.State> states) throws IOException {
    Optional<Bytes> row = store.get(Progress.key(batch.id()));
    long leased = row.isEmpty() ? 0 : Progress.parse(batch, row.get()).next();
    UnitReader reader = new UnitReader(store);
    List<UnitView> told = new ArrayList<>();
    long at = from;
    while (at < leased && at - from < LOOKS_MAX && told.size() < limit) {
      Optional<Unit> unit = reader.find(batch, at);
      if (unit.isPresent() && states.contains(state(unit.get()))) {
        told.add(view(batch, unit.get()));
      }
      at++;
    }
    return new UnitPage(told, at < leased ? at : batch.units());
  }

  private static UnitView.State state(Unit unit) {
    return switch (unit.state()) {
      case OPEN -> UnitView.State.OPEN;
      case ACCEPTED, QUESTIONED -> UnitView.State.ACCEPTED;
      case FAILED -> UnitView.State.FAILED;
    };
  }

  private UnitView view(Batch batch, Unit unit) throws IOException {
    List<UnitView.Attempt> attempts = new ArrayList<>();
    for (Replica replica : unit.replicas()) {
      attempts.add(attempt(batch, replica));
    }
    return new UnitView(unit.index(), state(unit), attempts);
  }

  private UnitView.Attempt attempt(Batch batch, Replica replica) throws IOException {
    Optional<Answer> answer = replica.answer();
    if (answer.isEmpty()) {
      return new UnitView.Attempt.Expired(replica.number());
    }
    return new UnitView.Attempt.Logged(
        replica.number(),
        replica.outcome(),
        answer.get().exit(),
        answer.get().complete(),
        answer.get().output(),
        answer.get().count(),
        replica.took().cpuMs(),
        replica.took().wallMs(),
        replica.took().memPeakBytes(),
        computer(replica.agent()),
        answer.get().exit() == 0 && !answer.get().complete()
            ? fault(batch, replica, answer.get().output())
            : "",
        answer.get().exit() == 0 ? List.of() : tail(replica, answer.get().output()));
  }

  private String fault(Batch batch, Replica replica, Hash output) throws IOException {
    if (tails == TAILS_MAX) {
      return "";
    }
    tails++;
    return why.sentence(batch, replica, output, inline(replica, output));
  }

  private List<String> tail(Replica replica, Hash output) throws IOException {
    if (tails == TAILS_MAX) {
      return List.of();
    }
    tails++;
    return inline(replica, output).flatMap(LastLines::in).map(LastLines::lines).orElse(List.of());
  }

  /** It lies beside its report, in a page of which neighbours are likely to be in too. */
  private Optional<Bytes> inline(Replica replica, Hash output) throws IOException {
    if (page.filter(known -> known.first() == replica.page()).isEmpty()) {
      Optional<Bytes> row = store.get(Page.key(replica.page()));
      page = row.isEmpty() ? Optional.empty() : Optional.of(Page.parse(replica.page(), row.get()));
    }
    return page.flatMap(known -> known.output(output));
  }

  private UnitView.HostClass computer(AgentId id) throws IOException {
    UnitView.HostClass known = computers.get(id);
    if (known == null) {
      Bytes row =
          store
              .get(Agent.key(id))
              .orElseThrow(() -> new IOException("row " + Agent.key(id) + " is missing"));
      Agent agent = Agent.parse(id, row);
      known = UnitView.HostClass.of(agent.cores(), agent.memoryBytes());
      computers.put(id, known);
    }
    return known;
  }
}
