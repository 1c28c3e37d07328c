package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.batch.Estimate;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.batch.Stopped;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.draw.DaySecrets;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Rule;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;

/**
 * Leases units out, takes their answers back, and ends units. Used on the writer's thread.
 *
 * <p>A unit is worked out of its batch when it is first leased. Replicas of units that somebody has
 * already come before new units; owners have shares, and the batches of one take turns.
 */
public final class Dispatch {
  private static final long MS_PER_SECOND = 1_000;

  private final Batches batches;
  private final String meter;
  private final long leaseMinMs;
  private final boolean pilot;
  private final Alone alone;
  private final Crowd crowd;
  private final Units units = new Units();
  private final Lents lents = new Lents();
  private final Backlogs backlogs;
  private final FirstUnits firstUnits = new FirstUnits();
  private final Abandoned abandoned = new Abandoned();
  private final Renewals renewals;
  private final Pilots pilots = new Pilots();
  private final Stops stops;
  private final UnitEnds ends;

  private Dispatch(
      Batches batches,
      Outcomes outcomes,
      String meter,
      long leaseMinMs,
      boolean pilot,
      Map<String, Integer> weights,
      Alone alone,
      Agents agents,
      Crowd crowd) {
    this.batches = batches;
    this.meter = meter;
    this.leaseMinMs = leaseMinMs;
    this.pilot = pilot;
    this.alone = alone;
    this.crowd = crowd;
    this.backlogs = new Backlogs(new Shares(weights));
    this.renewals = new Renewals(backlogs, units, lents);
    this.stops = new Stops(backlogs, units, abandoned);
    this.ends = new UnitEnds(backlogs, units, pilots, stops, outcomes, new Doubts(agents, crowd));
  }

  /**
   * Reads what is open.
   *
   * @param leaseMinMs shortest time from a grant to its deadline
   * @param pilot whether the first units of a new batch are run alone
   * @param weights shares of owners by name; 1 for those who have none
   * @param secrets by which lines are drawn for a check
   * @param agents whose records count
   * @param random by which those who may answer for a unit are drawn
   * @param rules those in force
   */
  public static Dispatch load(
      RowStore store,
      Batches batches,
      Outcomes outcomes,
      String meter,
      long leaseMinMs,
      boolean pilot,
      Map<String, Integer> weights,
      DaySecrets secrets,
      Agents agents,
      RandomGenerator random,
      Set<Rule> rules)
      throws IOException {
    Dispatch dispatch =
        new Dispatch(
            batches,
            outcomes,
            meter,
            leaseMinMs,
            pilot,
            weights,
            new Alone(secrets, rules),
            agents,
            new Crowd(random));
    new Restart(store, dispatch.units, dispatch.lents, dispatch.backlogs).run(batches);
    dispatch.backlogs.all().forEach(dispatch.pilots::add);
    for (BatchId stopped : Stopped.load(store).keySet()) {
      dispatch.abandoned.close(dispatch.backlogs.of(stopped), dispatch.units);
    }
    return dispatch;
  }

  /** Takes a batch that was just submitted. */
  public void add(Group group, Batch batch) {
    Progress progress = new Progress(batch);
    if (pilot && !batch.starter()) {
      progress.beginPilot();
    }
    Backlog backlog = new Backlog(batch, progress, new Waiting(batch.number() << 40));
    backlogs.open(backlog);
    pilots.add(backlog);
    group.touch(progress);
  }

  /**
   * From now on, every agent begins with a unit of this starter batch, which was added before, and
   * gets another now and then.
   */
  public void beginWith(BatchId starters, RandomGenerator random) {
    firstUnits.begin(backlogs.of(starters), random);
  }

  /**
   * Leases nothing of the batch any more. Leases out may still come back and are settled as ever;
   * units that only wait are given up by {@link #giveUpStopped}. The first reason stands, but for a
   * recall; a batch that is done stays as it is.
   */
  public BatchView stop(Group group, BatchId id, StopReason reason) {
    return stops.stop(group, backlogs.of(id), reason);
  }

  /**
   * Gives up units of stopped batches that wait for an answer nobody is asked for, some at a time.
   *
   * @return whether more are left
   */
  public boolean giveUpStopped(Group group) throws IOException {
    for (Abandoned.Waiter waiter : abandoned.some()) {
      if (!waiter.unit().hasEnded()) { // It may have ended while it waited here.
        ends.settle(group, waiter.backlog(), waiter.unit());
      }
    }
    return !abandoned.isEmpty();
  }

  /** When the last line of the batch was logged, coordinator's clock; 0 when none ever was. */
  public long lastLineMs(BatchId batch) {
    return backlogs.of(batch).progress().lastLineMs();
  }

  /** Whether a unit of the batch that was leased has not ended, or is asked about again. */
  public boolean isOpen(BatchId batch) {
    return units.openChunks().stream()
        .filter(chunk -> chunk.batch().equals(batch))
        .flatMap(chunk -> chunk.units().stream())
        .anyMatch(unit -> !unit.hasEnded());
  }

  /** Whether a lease of the batch may still come back. */
  public boolean isLent(BatchId batch) {
    return lents.name(batch);
  }

  /** Forgets a batch of which nothing can change any more. */
  public void forget(Group group, BatchId batch) {
    backlogs.forget(batch);
    units.forget(group, batch);
  }

  /** How the batch stands. */
  public Optional<BatchView> view(BatchId batch) {
    return backlogs.find(batch).map(b -> b.progress().view());
  }

  /**
   * Does what is due by the clock alone: leases expire, pilots end without their results, and units
   * of stopped batches are given up, some at a time.
   */
  public void tick(Group group) throws IOException {
    expire(group);
    pilots.due(group.nowMs()).forEach(backlog -> ends.open(group, backlog, Estimate.UNKNOWN));
    var unused = giveUpStopped(group);
  }

  /** Looks at the clock; every other decision is made after this one. */
  public void expire(Group group) throws IOException {
    Lents.Due due = lents.due(group);
    for (OpenGrant grant : due.late()) {
      for (LeaseId lease : grant.leases()) {
        Optional<Backlog> backlog = backlogs.find(lease.batch());
        expire(group, grant, lease, backlog.filter(b -> b.batch().starter()).isPresent());
      }
    }
    for (OpenGrant grant : due.over()) {
      for (LeaseId lease : grant.leases()) {
        expire(group, grant, lease, true);
      }
    }
  }

  /**
   * The unit is offered to others.
   *
   * @param over whether no result of the lease is taken any more; starter units are never late
   */
  private void expire(Group group, OpenGrant grant, LeaseId lease, boolean over)
      throws IOException {
    Optional<Backlog> found = backlogs.find(lease.batch());
    if (found.isEmpty()) {
      return; // Archived: nothing of it is out.
    }
    Backlog backlog = found.get();
    Optional<Unit> unit = units.find(group, backlog.batch(), lease.unit());
    Optional<Replica> replica =
        unit.flatMap(u -> u.replica(lease.replica()))
            .filter(r -> r.grant().filter(g -> g == grant).isPresent());
    if (unit.isEmpty() || replica.isEmpty()) {
      return;
    }
    if (replica.get().state() == Replica.State.OUT) {
      backlog.progress().takeBack();
    }
    if (over) {
      replica.get().expire();
      lents.of(grant.agent()).returned(grant);
    } else {
      replica.get().late();
    }
    ends.settle(group, backlog, unit.get());
  }

  /**
   * Says what becomes of the leases an agent has in hand, and moves deadlines on. A lease of a
   * stopped batch is out no more once its agent was told.
   */
  public List<RenewalAnswer.Word> renew(Group group, Agent agent, Renewal renewal)
      throws IOException {
    expire(group);
    List<RenewalAnswer.Word> words = renewals.answer(group, agent.id(), renewal);
    for (RenewalAnswer.Word word : words) {
      if (backlogs.find(word.lease().batch()).filter(Backlog::stopped).isPresent()) {
        Optional<OpenGrant> grant = replica(group, word.lease()).flatMap(Replica::grant);
        if (grant.filter(g -> g.agent().equals(agent.id())).isPresent()) {
          expire(group, grant.get(), word.lease(), false);
        }
      }
    }
    return words;
  }

  /** Leases out up to what the agent asks for. */
  public Offer lease(Group group, Agent agent, LeaseRequest request) throws IOException {
    expire(group);
    Lent lent = lents.of(agent.id());
    Optional<OpenGrant> before = lent.answering(request.id());
    if (before.isPresent()) {
      return new Offer.Leases(before.get());
    }
    if (!request.meter().isEmpty() && !request.meter().equals(meter)) {
      return new Offer.Nothing(
          "Instructions are counted by "
              + meter
              + " here; this computer's agent counts by "
              + request.meter()
              + ". Install the agent that fits.");
    }
    int want = Math.min(request.want(), Lent.LEASES_MAX - lent.out());
    if (want <= 0) {
      return new Offer.Nothing(
          "This computer has "
              + Lent.LEASES_MAX
              + " leases in hand, the most possible; it reports some before it gets more.");
    }
    Optional<Backlog> starters = firstUnits.of(agent, lent, group.nowMs());
    if (starters.isPresent()) {
      return begin(group, agent, lent, request, starters.get());
    }
    Choice choice =
        new Choice(
            agent.id(), agent.holder(), want, request.wantSeconds() * MS_PER_SECOND, group.nowMs());
    crowd.asks(agent.holder(), group.nowMs());
    boolean anyFits = backlogs.shares().deal(choice, request, group.nowMs(), this::chooseFrom);
    if (choice.leases().isEmpty()) {
      return new Offer.Nothing(reason(anyFits));
    }
    return grant(group, agent, lent, request, choice);
  }

  /** A starter unit, alone, when the agent may have one now. */
  private Offer begin(Group group, Agent agent, Lent lent, LeaseRequest request, Backlog starters) {
    Optional<Offer.Nothing> held =
        FirstUnits.holdBack(starters, agent, lent, request, group.nowMs());
    if (held.isPresent()) {
      return held.get();
    }
    Choice choice = new Choice(agent.id(), agent.holder(), 1, 0, group.nowMs());
    chooseFrom(starters, choice, Long.MAX_VALUE);
    return grant(group, agent, lent, request, choice);
  }

  private Offer grant(Group group, Agent agent, Lent lent, LeaseRequest request, Choice choice) {
    long deadline = group.nowMs() + Math.max(leaseMinMs, 3 * choice.longestWallMs());
    OpenGrant grant =
        new OpenGrant(
            agent.id(),
            request.id(),
            choice.holder(),
            group.nowMs(),
            deadline,
            meter,
            plans(choice, request));
    send(group, agent, grant, choice);
    lents.add(group, lent, grant);
    return new Offer.Leases(grant);
  }

  private static Map<LeaseId, Pairing.Plan> plans(Choice choice, LeaseRequest request) {
    Map<LeaseId, Pairing.Plan> plans = new LinkedHashMap<>();
    for (Choice.Chosen chosen : choice.leases()) {
      Program program = chosen.backlog().batch().release().program();
      plans.put(chosen.id(), Pairing.of(program, request, chosen.unit()));
    }
    return plans;
  }

  /**
   * When the oldest grant of which the agent has a lease in hand was issued, coordinator's clock.
   */
  public long lentSince(Group group, AgentId agent) {
    return lents.of(agent).sinceMs(group.nowMs());
  }

  /** The replica that a lease names. */
  public Optional<Replica> replica(Group group, LeaseId lease) throws IOException {
    return unit(group, lease).flatMap(u -> u.replica(lease.replica()));
  }

  /** The unit that a lease names. */
  public Optional<Unit> unit(Group group, LeaseId lease) throws IOException {
    Optional<Batch> batch = batches.find(lease.batch());
    return batch.isEmpty() ? Optional.empty() : units.find(group, batch.get(), lease.unit());
  }

  /** Whether the unit of a lease is decided or given up. */
  public boolean hasEnded(Group group, LeaseId lease) throws IOException {
    return unit(group, lease).filter(Unit::hasEnded).isPresent();
  }

  /**
   * Takes an answer whose line is logged at {@code leaf}. A line of the replica must still be
   * taken; when its unit has ended meanwhile, it is judged by what was agreed.
   *
   * @param page journal page of its report
   * @return what became of the line at once; {@link Outcome#NONE} when it waits for others
   */
  public Outcome take(
      Group group, Agent agent, LeaseId lease, Answer answer, long leaf, long page, Took took)
      throws IOException {
    Backlog backlog = backlogs.of(lease.batch());
    Unit unit =
        units
            .find(group, backlog.batch(), lease.unit())
            .orElseThrow(() -> new IllegalStateException("no unit for lease " + lease));
    Replica replica =
        unit.replica(lease.replica())
            .orElseThrow(() -> new IllegalStateException("no replica for lease " + lease));
    OpenGrant grant =
        replica
            .grant()
            .orElseThrow(() -> new IllegalStateException("lease " + lease + " is not out"));
    if (replica.state() == Replica.State.OUT) {
      backlog.progress().takeBack();
    }
    backlog.progress().report(group.nowMs());
    replica.log(answer, leaf, page, took);
    lents.of(grant.agent()).returned(grant);
    if (unit.isAlone()) {
      unit.question(); // A late line is held against the other as any two are.
    }
    if (unit.hasEnded()) {
      ends.judge(group, backlog, unit, replica);
      ends.settle(group, backlog, unit);
    } else if (alone.isTaken(group, agent, backlog, unit, replica, leaf)) {
      ends.takeAlone(group, backlog, unit, replica);
    } else {
      ends.settle(group, backlog, unit);
    }
    return replica.outcome();
  }

  /**
   * Asks others whether what was taken from one computer alone is right.
   *
   * @return whether others are being asked; not when the batch was stopped, or when the unit's
   *     result was not taken so
   */
  public boolean question(Group group, LeaseId lease) throws IOException {
    Optional<Backlog> backlog = backlogs.find(lease.batch());
    if (backlog.isEmpty()) {
      return false;
    }
    Unit unit =
        units
            .reopen(group, backlog.get().batch(), lease.unit())
            .find(lease.unit())
            .orElseThrow(() -> new IllegalStateException("no unit for lease " + lease));
    boolean asked = ends.question(group, backlog.get(), unit);
    units.changed(group, units.openChunk(backlog.get().batch(), lease.unit()));
    return asked;
  }

  /**
   * How often a result that was taken from one computer alone was questioned, or a question was
   * decided; from any thread.
   */
  public long revisions() {
    return ends.revisions();
  }

  private void chooseFrom(Backlog backlog, Choice choice, long costMsMax) {
    while (!choice.full() && choice.costMs() < costMsMax) {
      Optional<Unit> again =
          backlog
              .waiting()
              .take(choice.holder(), choice.agent(), backlog.agree(), crowd, choice.nowMs());
      if (again.isEmpty()) {
        break;
      }
      choice.add(backlog, again.get());
    }
    while (!choice.full()
        && choice.costMs() < costMsMax
        && backlog.progress().next() < backlog.progress().open()) {
      long index = backlog.progress().takeNext();
      choice.add(backlog, units.chunkOf(backlog.batch(), index).findOrAdd(index));
    }
  }

  /** Sends the chosen leases out; units that need more replicas wait for the next who asks. */
  private void send(Group group, Agent agent, OpenGrant grant, Choice choice) {
    for (Choice.Chosen chosen : choice.leases()) {
      Replica replica = chosen.unit().lease(grant, grant.plan(chosen.id()).engine());
      chosen.backlog().progress().lease();
      chosen.backlog().progress().leasePilot(grant.deadlineMs());
      group.touch(chosen.backlog().progress());
      boolean nobodyElse =
          chosen.unit().state() == Unit.State.OPEN
              && chosen.unit().isAloneWith(replica)
              && alone.mayHave(group, agent, chosen.backlog());
      if (!nobodyElse) {
        backlogs.wait(group, chosen.backlog(), chosen.unit());
      }
    }
  }

  private String reason(boolean anyFits) {
    if (pilots.areRunning()) {
      return "The first units of a batch run alone; there is more when they are back.";
    }
    if (backlogs.shares().isEmpty()) {
      return "All units are leased or done; there may be more work later.";
    }
    return anyFits
        ? "The units left wait for an answer from another donor's computer."
        : "The units left need more cores, memory or disk than this computer lends, or a kind of program that it does not run.";
  }
}
