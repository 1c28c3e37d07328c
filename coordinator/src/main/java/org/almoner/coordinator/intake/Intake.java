package org.almoner.coordinator.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.almoner.coordinator.archive.ArchiveUnreadable;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.dispatch.Grants;
import org.almoner.coordinator.dispatch.OpenGrant;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.Took;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.enrolment.MachineTime;
import org.almoner.coordinator.journal.Commitments;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.KnownKeys;
import org.almoner.coordinator.journal.Logged;
import org.almoner.coordinator.journal.Opening;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Rule;
import org.almoner.coordinator.writer.Group;
import org.almoner.coordinator.writer.Job;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.StarterAnswer;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * Takes usage reports in: each line becomes one commitment in the log, at most one for a lease, for
 * ever. A report that is refused changes nothing but the evidence against its agent.
 */
public final class Intake {
  private final String origin;
  private final Batches batches;
  private final Agents agents;
  private final Dispatch dispatch;
  private final Grants grants;
  private final Journal journal;
  private final OpeningKeys keys;
  private final KnownKeys signers = new KnownKeys();
  private final Outputs outputs;
  private final OpenLeases leases;
  private final Closeness closeness;
  private final BlobChecks checks = new BlobChecks();
  private final SecureRandom random;
  private final Set<Rule> rules;
  private final LongAdder gaps = new LongAdder();

  /** Takes in for the coordinator of that origin. */
  public Intake(
      String origin,
      Batches batches,
      Agents agents,
      Dispatch dispatch,
      Grants grants,
      Journal journal,
      OpeningKeys keys,
      BlobShelf blobs,
      RowStore store,
      SecureRandom random,
      Set<Rule> rules) {
    this.origin = origin;
    this.batches = batches;
    this.agents = agents;
    this.dispatch = dispatch;
    this.grants = grants;
    this.journal = journal;
    this.keys = keys;
    this.outputs = new Outputs(batches, blobs);
    this.leases = new OpenLeases(store);
    this.closeness = new Closeness(journal);
    this.random = random;
    this.rules = Set.copyOf(rules);
  }

  /** Gaps in agents' chains of reports that were recorded since the start. For any thread. */
  public long gaps() {
    return gaps.sum();
  }

  /**
   * Does what needs no knowledge of leases; the rest is the job. Outputs that are blobs are read on
   * threads of their own, and only when every line is of a lease that its agent has out: a
   * signature alone is to be had by anybody.
   */
  public CompletableFuture<Job<Logged>> prepare(Envelope envelope, Map<Hash, Bytes> came)
      throws IOException {
    Refusals.requireKind(envelope, Envelope.Kind.USAGE_REPORT);
    VerifiedReport verified;
    try {
      verified = VerifiedReport.of(envelope);
    } catch (BadSignature e) {
      throw Refusals.badSignature(e);
    } catch (MalformedJson e) {
      throw Refusals.malformed(e);
    }
    UsageReport report = verified.report();
    if (!report.origin().equals(origin)) {
      throw Refusals.wrongOrigin(report.origin(), origin);
    }
    if (!Outputs.nameBlobs(report, came)) {
      return CompletableFuture.completedFuture(orPutOff(() -> looked(verified, came)));
    }
    if (!leases.hold(report)) {
      Optional<Refusal> unread = Optional.of(Refusals.outputsUnread());
      return CompletableFuture.completedFuture(job(verified, came, List.of(), unread));
    }
    return checks.run(report.agent(), () -> orPutOff(() -> looked(verified, came)));
  }

  /** The job for a report whose outputs are looked into here. */
  private Job<Logged> looked(VerifiedReport verified, Map<Hash, Bytes> came) throws IOException {
    UsageReport report = verified.report();
    List<Checked> answers = List.of();
    Optional<Refusal> fault = Optional.empty();
    try {
      answers = outputs.check(report, came);
    } catch (Refusal refusal) {
      fault = Optional.of(refusal);
    }
    return job(verified, came, answers, fault);
  }

  private Job<Logged> job(
      VerifiedReport verified,
      Map<Hash, Bytes> came,
      List<Checked> answers,
      Optional<Refusal> fault) {
    Envelope envelope = verified.envelope();
    int lines = verified.report().lines().size();
    Commitments commitments =
        Commitments.draw(Kind.USAGE, origin, envelope.record(), lines, random);
    Incoming incoming =
        new Incoming(verified, envelope.digest(), commitments, answers, Map.copyOf(came), fault);
    return group -> orPutOff(() -> decide(group, incoming));
  }

  private interface Reading<T> {
    T run() throws IOException;
  }

  /** An archive that cannot be read is no fault of the store, and ends nothing but this request. */
  private static <T> T orPutOff(Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (ArchiveUnreadable e) {
      throw Refusals.archiveUnreadable(e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ArchiveUnreadable why) {
        throw Refusals.archiveUnreadable(why);
      }
      throw e;
    }
  }

  private Logged decide(Group group, Incoming incoming) throws IOException {
    UsageReport report = incoming.report();
    dispatch.expire(group);
    if (agents.find(group, report.agent()).isEmpty()) {
      var unused = agents.working(group, report.agent()); // Refuses; nobody else's lines are read.
    }
    Optional<Logged> before = loggedBefore(group, incoming);
    if (before.isPresent()) {
      return before.get().answering(starterAnswers(group, report));
    }
    Agent agent = agents.working(group, report.agent());
    checkChain(group, agent, incoming);
    for (UsageLine line : report.lines()) {
      check(group, agent, line, incoming);
    }
    MachineTime machineTime = checkTogether(group, agent, report);
    if (incoming.outputFault().isPresent()) {
      Refusal fault = incoming.outputFault().get();
      throw Refusals.isLie(fault) ? keep(group, agent, incoming, fault) : fault;
    }
    agent.took(machineTime);
    return log(group, agent, incoming);
  }

  /**
   * The answer this very report got before; a refusal when that was erased, since nobody can tell
   * any more whether it was this one.
   */
  private Optional<Logged> loggedBefore(Group group, Incoming incoming) throws IOException {
    AgentId sender = incoming.report().agent();
    LeaseId first = incoming.report().lines().get(0).lease();
    Optional<Replica> replica =
        dispatch
            .replica(group, first)
            .filter(r -> r.state() == Replica.State.LOGGED && r.agent().equals(sender));
    if (replica.isEmpty()) {
      return Optional.empty();
    }
    long leaf = replica.get().leaf();
    Optional<Page> page = journal.find(group, replica.get().page());
    Optional<JournalRecord> record = page.flatMap(p -> p.recordOf(leaf));
    if (record.isEmpty()) {
      return Optional.empty();
    }
    Opening opening = record.get().open(keys, signers, "agent " + sender.brief());
    return opening.content().equals(incoming.verified().envelope().payload())
        ? Optional.of(new Logged(record.get().leaf(), opening.salts(), replica.get().page()))
        : Optional.empty();
  }

  private void checkChain(Group group, Agent agent, Incoming incoming) {
    UsageReport report = incoming.report();
    if (agent.chain().used(report.seq())) {
      throw suspend(group, agent, incoming, Refusals.sequenceUsed(report.seq()));
    }
    if (agent.chain().contradicts(report.seq(), report.prev())) {
      throw suspend(group, agent, incoming, Refusals.chainForked(report.seq()));
    }
  }

  private void check(Group group, Agent agent, UsageLine line, Incoming incoming)
      throws IOException {
    LeaseId lease = line.lease();
    Replica replica = dispatch.replica(group, lease).orElseThrow(() -> Refusals.notYours(lease));
    if (!replica.agent().equals(agent.id())) {
      throw Refusals.notYours(lease);
    }
    if (isRepeated(replica)) {
      return;
    }
    if (replica.state() == Replica.State.LOGGED) {
      throw keep(group, agent, incoming, Refusals.alreadyLogged(lease));
    }
    if (batches.isArchived(lease.batch())) {
      throw Refusals.expired(lease);
    }
    OpenGrant grant = replica.grant().orElseThrow(() -> Refusals.expired(lease));
    if (replica.state() == Replica.State.LATE && dispatch.hasEnded(group, lease)) {
      throw Refusals.unitEnded(lease);
    }
    Batch batch = batches.find(lease.batch()).orElseThrow(() -> Refusals.notYours(lease));
    LineRules.checkGranted(line, grant, grants.digest(grant), batch);
    LineRules.checkTime(line, grant.issuedMs(), group.nowMs());
    LineRules.checkMachine(line, batch.spec().allotment().cores(), agent);
    LineRules.checkSpeed(line);
    LineRules.checkAllotment(line, batch);
    LineRules.checkEnergy(line, batch.spec().allotment().cores());
  }

  /** Whether a second line of a lease is let through; it never is while all rules are in force. */
  private boolean isRepeated(Replica replica) {
    return replica.state() == Replica.State.LOGGED && !rules.contains(Rule.ONE_LINE_A_LEASE);
  }

  /** What the lines state together, against the machine and all that was logged of it before. */
  private MachineTime checkTogether(Group group, Agent agent, UsageReport report)
      throws IOException {
    long sinceMs = dispatch.lentSince(group, agent.id());
    int machineCores = agent.machineTime().coresSince(agent.cores(), sinceMs);
    List<MachineRules.Share> shares = new ArrayList<>();
    for (UsageLine line : report.lines()) {
      if (dispatch.replica(group, line.lease()).filter(this::isRepeated).isPresent()) {
        continue;
      }
      int granted = batches.find(line.lease().batch()).orElseThrow().spec().allotment().cores();
      shares.add(new MachineRules.Share(line, Math.min(granted, machineCores)));
    }
    MachineRules.checkOverlap(shares, machineCores);
    return MachineRules.draw(agent.machineTime(), agent.cores(), sinceMs, group.nowMs(), shares);
  }

  private Logged log(Group group, Agent agent, Incoming incoming) throws IOException {
    UsageReport report = incoming.report();
    Logged logged =
        journal.log(
            group,
            incoming.commitments(),
            incoming.verified().envelope(),
            agent.claims().key(),
            agent.lastPage(),
            incoming.leases(),
            incoming.outputs());
    for (int i = 0; i < report.lines().size(); i++) {
      UsageLine line = report.lines().get(i);
      if (dispatch.replica(group, line.lease()).filter(this::isRepeated).isPresent()) {
        continue;
      }
      Outcome outcome =
          dispatch.take(
              group,
              agent,
              line.lease(),
              answer(group, line, incoming.answers().get(i)),
              logged.leaf() + i,
              logged.page(),
              Took.of(line));
      if (isStarter(line)) {
        agent.answeredStarter(outcome, group.nowMs());
      }
    }
    if (agent.chain().passesOver(report.seq())) {
      gaps.increment();
    }
    agent.chain().add(report.seq(), incoming.digest());
    agent.reported(logged.page());
    group.touch(agent);
    return logged.answering(starterAnswers(group, report));
  }

  private Answer answer(Group group, UsageLine line, Checked checked) throws IOException {
    if (!checked.answer().compared().tolerant()) {
      return checked.answer();
    }
    Optional<Unit> unit = dispatch.unit(group, line.lease());
    Optional<Batch> batch = batches.find(line.lease().batch());
    return batch.isPresent() && unit.isPresent()
        ? closeness.place(group, batch.get(), unit.get(), checked)
        : checked.answer();
  }

  private boolean isStarter(UsageLine line) {
    return batches.find(line.lease().batch()).filter(Batch::starter).isPresent();
  }

  /** How the lines of a logged report did in starter units; nothing when none is of one. */
  private List<StarterAnswer> starterAnswers(Group group, UsageReport report) throws IOException {
    if (report.lines().stream().noneMatch(this::isStarter)) {
      return List.of();
    }
    List<StarterAnswer> answers = new ArrayList<>();
    for (UsageLine line : report.lines()) {
      Outcome outcome =
          dispatch.replica(group, line.lease()).map(Replica::outcome).orElse(Outcome.NONE);
      answers.add(isStarter(line) ? told(outcome) : StarterAnswer.NONE);
    }
    return answers;
  }

  private static StarterAnswer told(Outcome outcome) {
    return switch (outcome) {
      case STARTER -> StarterAnswer.RIGHT;
      case OUTPUT_DISAGREED, COUNT_DISAGREED -> StarterAnswer.WRONG;
      default -> StarterAnswer.NONE;
    };
  }

  private Refusal suspend(Group group, Agent agent, Incoming incoming, Refusal refusal) {
    agent.suspend();
    group.touch(agent);
    return keep(group, agent, incoming, refusal);
  }

  private Refusal keep(Group group, Agent agent, Incoming incoming, Refusal refusal) {
    if (agent.countEvidence()) {
      group.touch(agent);
      group.touch(
          Evidence.seal(
              keys,
              agent.claims().key(),
              refusal.problem().slug(),
              group.nowMs(),
              incoming.verified().envelope(),
              "agent " + agent.id().brief()));
    }
    return refusal;
  }
}
