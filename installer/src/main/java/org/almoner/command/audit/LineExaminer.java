package org.almoner.command.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.run.RunOutcome;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.desk.SignedBatch;
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
  private final Map<BatchId, Batch> batches = new LinkedHashMap<>();

  LineExaminer(
      AuditorClient client,
      Rerunner rerunner,
      LogReader log,
      Checkpoint checkpoint,
      PublicFacts facts) {
    this.client = client;
    this.rerunner = rerunner;
    this.log = log;
    this.checkpoint = checkpoint;
    this.facts = facts;
  }

  /** What the line at {@code leaf} comes to. */
  LineResult examine(long leaf) throws IOException, InterruptedException, AuditStopped {
    Papers papers = client.line(leaf);
    if (papers instanceof Papers.Erased erased) {
      return LineResult.unseen(leaf, Verdict.ERASED, erased.sentence());
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
      return result(line, differences, new Run("", 0));
    }
    differences.addAll(LineChecks.of(line.line(), leaf, batch, facts));
    differences.addAll(LineChecks.of(line.line(), leaf, batch.spec().allotment(), facts));
    machine(line, opened).ifPresent(m -> differences.addAll(LineChecks.of(line.line(), m)));
    agreed(line.line(), opened).ifPresent(differences::add);
    boolean canRun =
        line.line().lease().unit() < batch.plan().count()
            && batch.spec().release().equals(line.line().release());
    return result(line, differences, canRun ? run(line, batch, differences) : new Run("", 0));
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

  /** The machine as it was enrolled before the line, where that can be told. */
  private Optional<Enrolment> machine(CheckedLine line, Papers.Opened opened) throws IOException {
    for (Papers.SignedEnrolment enrolment : opened.enrolments()) {
      Hash leafHash =
          Commitment.of(
                  Kind.ENROLMENT,
                  checkpoint.origin(),
                  enrolment.salt(),
                  0,
                  enrolment.record().record())
              .entry()
              .leafHash();
      try {
        if (enrolment.leaf() < line.leaf()
            && AgentId.of(enrolment.record().signer()).equals(line.agent())) {
          inLog(enrolment.leaf(), leafHash);
          return Optional.of(Enrolment.parse(enrolment.record().open()));
        }
      } catch (ProofRejected | BadSignature | MalformedJson e) {
        return Optional.empty(); // what proves nothing bounds nothing
      }
    }
    return Optional.empty();
  }

  private static Optional<Difference> agreed(UsageLine line, Papers.Opened opened) {
    return opened.agreed().stream()
        .filter(a -> !a.output().equals(line.output()) || a.count() != line.count())
        .findFirst()
        .map(
            a ->
                new Difference(
                    "agreed",
                    line.output() + ", count " + line.count(),
                    "its unit's result was given out as " + a.output() + ", count " + a.count()));
  }

  /**
   * What a run came to besides differences.
   *
   * @param unable why there was none; empty when there was one
   */
  private record Run(String unable, long cpuMs) {}

  private Run run(CheckedLine line, Batch batch, List<Difference> differences)
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
    return new Run(compare(line, outcome, differences).orElse(""), outcome.measured().cpuMs());
  }

  /** Adds what differs; returns why this computer cannot tell, when it cannot. */
  private static Optional<String> compare(
      CheckedLine checked, RunOutcome outcome, List<Difference> differences) throws IOException {
    UsageLine line = checked.line();
    if (outcome instanceof RunOutcome.Finished ran) {
      same("output", line.output(), ran.output(), differences);
      same("count", line.count(), ran.count(), differences);
      same("exit", line.exit(), ran.exit(), differences);
      if (line.output().equals(ran.output())) {
        try (InputStream bundle = Files.newInputStream(ran.bundle())) {
          same("held", line.held(), Held.of(line.lease(), checked.agent(), bundle), differences);
        }
      }
      return Optional.empty();
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

  private static void ended(UsageLine line, String reason, List<Difference> differences) {
    differences.add(new Difference("exit", Integer.toString(line.exit()), reason));
  }

  private static void same(
      String field, Object states, Object found, List<Difference> differences) {
    if (!states.equals(found)) {
      differences.add(new Difference(field, states.toString(), found.toString()));
    }
  }

  private static LineResult result(CheckedLine line, List<Difference> differences, Run run) {
    Verdict verdict =
        !differences.isEmpty()
            ? Verdict.DIFFERS
            : run.unable().isEmpty() ? Verdict.HELD : Verdict.NOT_RUN;
    return new LineResult(
        line.leaf(),
        verdict,
        run.unable(),
        differences,
        line.line().lease().toString(),
        line.line().cpuMs(),
        run.cpuMs());
  }
}
