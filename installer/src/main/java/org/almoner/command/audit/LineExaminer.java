package org.almoner.command.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.RunOutcome;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.sample.PublicFacts;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.workload.batch.BatchPlan;

/** Looks at one drawn line: opens it, holds it against everything signed, runs its unit again. */
final class LineExaminer {
  private static final int BATCHES_IN_MEMORY = 16;

  private final AuditorClient client;
  private final Rerunner rerunner;
  private final LogReader log;
  private final Checkpoint checkpoint;
  private final PublicFacts facts;
  private final ErasedLeaves erased;
  private final Path outputs;
  private final Map<BatchId, Batch> batches = new LinkedHashMap<>();

  /**
   * @param erased what the operator said of erased lines before the dice fell
   * @param outputs a folder that is emptied for each line
   */
  LineExaminer(
      AuditorClient client,
      Rerunner rerunner,
      LogReader log,
      Checkpoint checkpoint,
      PublicFacts facts,
      ErasedLeaves erased,
      Path outputs) {
    this.client = client;
    this.rerunner = rerunner;
    this.log = log;
    this.checkpoint = checkpoint;
    this.facts = facts;
    this.erased = erased;
    this.outputs = outputs;
  }

  /** What the line at {@code leaf} comes to. */
  LineResult examine(long leaf) throws IOException, InterruptedException, AuditStopped {
    Papers papers = client.line(leaf);
    if (papers instanceof Papers.Erased) {
      return unopened(leaf);
    }
    if (papers instanceof Papers.Missing missing) {
      return LineResult.differs(
          leaf,
          new Difference(
              "opening", "it counts", "the coordinator cannot open it: " + missing.sentence()));
    }
    Papers.Opened opened = (Papers.Opened) papers;
    CheckedLine line;
    try {
      line = proved(leaf, opened);
    } catch (OpeningRejected | ProofRejected e) {
      return LineResult.differs(
          leaf, new Difference("opening", "it counts", String.valueOf(e.getMessage())));
    }
    List<Difference> differences = new ArrayList<>();
    Batch batch;
    try {
      batch = batch(line.line().lease().batch());
    } catch (IllegalArgumentException e) {
      differences.add(
          new Difference(
              "batch", line.line().lease().batch().toHex(), String.valueOf(e.getMessage())));
      return result(line, differences, List.of(), new Run("", 0), List.of());
    }
    differences.addAll(LineChecks.of(line.line(), leaf, batch, facts));
    differences.addAll(LineChecks.of(line.line(), leaf, batch.spec().allotment(), facts));
    List<Gap> gaps = new ArrayList<>();
    FolderTree.remove(outputs);
    OutputMatch match = new OutputMatch(client, Files.createDirectories(outputs), line, batch);
    if (!facts.isRuled(leaf)) {
      agreed(line.line(), opened, match, differences).ifPresent(gaps::add);
    }
    machine(line, opened, differences).ifPresent(gaps::add);
    boolean canRun =
        line.line().lease().unit() < batch.plan().count()
            && batch.spec().release().equals(line.line().release());
    Run run = canRun ? run(line, batch, match, differences) : new Run("", 0);
    return result(line, differences, gaps, run, match.words());
  }

  /** A line that is said to be erased: who says so only once it is drawn may be hiding it. */
  private LineResult unopened(long leaf) {
    return erased.contains(leaf)
        ? LineResult.unseen(leaf, Verdict.ERASED, "")
        : LineResult.unseen(
            leaf, Verdict.ERASED_LATE, "said to be erased after the dice were thrown");
  }

  private CheckedLine proved(long leaf, Papers.Opened opened)
      throws OpeningRejected, ProofRejected, IOException {
    if (opened.opening().leaf() != leaf) {
      throw new OpeningRejected("the coordinator opens entry " + opened.opening().leaf());
    }
    CheckedLine line = opened.opening().check(checkpoint.origin());
    inLog(leaf, line.leafHash());
    return line;
  }

  private void inLog(long index, Hash leafHash) throws IOException, ProofRejected {
    log.inclusion(index, checkpoint.size())
        .verify(index, checkpoint.size(), leafHash, checkpoint.root());
  }

  /** The batch of that name, every signature checked; refused in one sentence. */
  private Batch batch(BatchId id) throws AuditStopped, InterruptedException {
    Batch known = batches.get(id);
    if (known != null) {
      return known;
    }
    Optional<SignedBatch> signed = client.batch(id);
    if (signed.isEmpty()) {
      throw new IllegalArgumentException("the coordinator does not show the signed batch");
    }
    Batch batch;
    try {
      batch = Batch.of(0, "", signed.get().batch(), signed.get().release());
    } catch (BadSignature | MalformedJson e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (!batch.id().equals(id)) {
      throw new IllegalArgumentException("the coordinator shows batch " + batch.id());
    }
    if (!batch.spec().origin().equals(checkpoint.origin())) {
      throw new IllegalArgumentException("the batch is for log " + batch.spec().origin());
    }
    if (batches.size() == BATCHES_IN_MEMORY) {
      batches.remove(batches.keySet().iterator().next());
    }
    batches.put(id, batch);
    return batch;
  }

  /** Adds what the machine, as it was enrolled before the line, cannot have given. */
  private Optional<Gap> machine(
      CheckedLine line, Papers.Opened opened, List<Difference> differences) throws IOException {
    if (opened.enrolments().isEmpty()) {
      return Optional.of(Gap.ENROLMENT_MISSING);
    }
    Papers.SignedEnrolment enrolment = opened.enrolments().get(0);
    Hash leafHash =
        Commitment.of(
                Kind.ENROLMENT,
                checkpoint.origin(),
                enrolment.salt(),
                0,
                enrolment.record().record())
            .entry()
            .leafHash();
    if (!AgentId.of(enrolment.record().signer()).equals(line.agent())) {
      return Optional.of(Gap.ENROLMENT_UNPROVED);
    }
    if (enrolment.leaf() >= checkpoint.size()) {
      return Optional.of(Gap.ENROLMENT_LATER);
    }
    try {
      inLog(enrolment.leaf(), leafHash);
      Enrolment machine = Enrolment.parse(enrolment.record().open());
      if (enrolment.leaf() > line.leaf()) {
        return Optional.of(Gap.ENROLMENT_LATER);
      }
      differences.addAll(LineChecks.of(line.line(), machine));
      return Optional.empty();
    } catch (ProofRejected | BadSignature | MalformedJson e) {
      return Optional.of(Gap.ENROLMENT_UNPROVED);
    }
  }

  /**
   * Adds how the result that was given out differs from the line. That of a line that was accepted
   * alone is its own, until others say otherwise; for one that was ruled upon nothing is owed.
   */
  private static Optional<Gap> agreed(
      UsageLine line, Papers.Opened opened, OutputMatch match, List<Difference> differences)
      throws IOException, InterruptedException, AuditStopped {
    List<Papers.Agreed> shown =
        opened.agreed().stream().filter(a -> a.unit() == line.lease().unit()).toList();
    for (Papers.Agreed agreed : shown) {
      OutputMatch.Result result = match.compare(line.output(), agreed.output());
      boolean otherCount = match.counted() && agreed.count() != line.count();
      if (result instanceof OutputMatch.Result.Missing && !otherCount) {
        return Optional.of(Gap.OUTPUT_MISSING);
      }
      if (!(result instanceof OutputMatch.Result.Same) || otherCount) {
        String output =
            result instanceof OutputMatch.Result.Different different
                ? different.found()
                : agreed.output().toString();
        differences.add(
            new Difference(
                "agreed",
                line.output() + ", count " + line.count(),
                "its unit's result was given out as " + output + ", count " + agreed.count()));
      }
    }
    return shown.isEmpty() ? Optional.of(Gap.AGREED_MISSING) : Optional.empty();
  }

  /**
   * What a run came to besides differences.
   *
   * @param unable why there was none; empty when there was one
   */
  private record Run(String unable, long cpuMs) {}

  private Run run(CheckedLine line, Batch batch, OutputMatch match, List<Difference> differences)
      throws IOException, InterruptedException, AuditStopped {
    BatchPlan.Unit unit = batch.plan().unit(line.line().lease().unit());
    Rerunner.Laid laid = rerunner.layOut(batch, unit);
    if (laid instanceof Rerunner.Laid.Missing missing) {
      differences.add(
          new Difference(
              "file " + missing.blob().name(),
              missing.blob().digest().toHex(),
              missing.sentence()));
      return new Run("", 0);
    }
    RunOutcome outcome = rerunner.run(batch, unit, (Rerunner.Laid.Files) laid);
    return new Run(
        compare(line, outcome, match, differences).orElse(""), outcome.measured().cpuMs());
  }

  /** Adds what differs; returns why this computer cannot tell, when it cannot. */
  private static Optional<String> compare(
      CheckedLine checked, RunOutcome outcome, OutputMatch match, List<Difference> differences)
      throws IOException, InterruptedException, AuditStopped {
    UsageLine line = checked.line();
    if (outcome instanceof RunOutcome.Finished ran) {
      return finished(checked, ran, match, differences);
    } else if (outcome instanceof RunOutcome.Trapped no) {
      ended(line, no.reason(), differences);
      return Optional.empty();
    } else if (outcome instanceof RunOutcome.OutOfMemory no) {
      ended(line, no.reason(), differences);
      return Optional.empty();
    } else if (outcome instanceof RunOutcome.Refused no) {
      ended(line, "its module may not run: " + no.reason(), differences);
      return Optional.empty();
    } else if (outcome instanceof RunOutcome.TimedOut no) {
      return Optional.of("on this computer " + no.reason());
    } else if (outcome instanceof RunOutcome.Crashed no) {
      return Optional.of(no.reason());
    }
    return Optional.of("the run was stopped");
  }

  private static Optional<String> finished(
      CheckedLine checked, RunOutcome.Finished ran, OutputMatch match, List<Difference> differences)
      throws IOException, InterruptedException, AuditStopped {
    UsageLine line = checked.line();
    OutputMatch.Result result = match.compare(line.output(), ran.output(), ran.bundle());
    if (result instanceof OutputMatch.Result.Different different) {
      differences.add(new Difference("output", line.output().toString(), different.found()));
    }
    if (match.counted()) {
      same("count", line.count(), ran.count(), differences);
    }
    same("exit", line.exit(), ran.exit(), differences);
    if (result instanceof OutputMatch.Result.Missing) {
      return Optional.of(
          "the coordinator does not show what the line left, to be compared with this run's");
    }
    if (result instanceof OutputMatch.Result.Same) {
      Path octets =
          line.output().equals(ran.output())
              ? ran.bundle()
              : match.fetch(line.output()).orElseThrow();
      try (InputStream bundle = Files.newInputStream(octets)) {
        same("held", line.held(), Held.of(line.lease(), checked.agent(), bundle), differences);
      }
    }
    return Optional.empty();
  }

  private static void ended(UsageLine line, String reason, List<Difference> differences) {
    differences.add(new Difference("exit", Integer.toString(line.exit()), reason));
  }

  private static void same(
      String field, Object states, Object found, List<Difference> differences) {
    if (!states.equals(found)) {
      differences.add(new Difference(field, states.toString(), found.toString()));
    }
  }

  private static LineResult result(
      CheckedLine line,
      List<Difference> differences,
      List<Gap> gaps,
      Run run,
      List<String> compared) {
    return new LineResult(
        line.leaf(),
        verdict(differences, gaps, run),
        run.unable(),
        differences,
        gaps,
        line.line().lease().toString(),
        line.line().cpuMs(),
        run.cpuMs(),
        compared);
  }

  private static Verdict verdict(List<Difference> differences, List<Gap> gaps, Run run) {
    if (!differences.isEmpty()) {
      return Verdict.DIFFERS;
    }
    if (!run.unable().isEmpty()) {
      return Verdict.NOT_RUN;
    }
    return gaps.isEmpty() ? Verdict.HELD : Verdict.HELD_IN_PART;
  }
}
