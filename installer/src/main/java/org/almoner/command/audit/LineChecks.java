package org.almoner.command.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.intake.LineRules;
import org.almoner.ledger.sample.PublicFacts;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.workload.wasm.WasmModule;

/**
 * What a line may state, held against its signed batch, the log and its own other fields: pure
 * rules. Those that the coordinator has too are the coordinator's.
 */
final class LineChecks {
  private final UsageLine line;
  private final List<Difference> differences = new ArrayList<>();

  private LineChecks(UsageLine line) {
    this.line = line;
  }

  /** What cannot be, given what was allotted and when the line was logged. */
  static List<Difference> of(UsageLine line, long leaf, Allotment allotment, PublicFacts log) {
    LineChecks checks = new LineChecks(line);
    checks.against(allotment);
    checks.againstItself();
    log.dayOf(leaf).ifPresent(checks::against);
    return List.copyOf(checks.differences);
  }

  /** What the machine cannot have given that its agent enrolled. */
  static List<Difference> of(UsageLine line, Enrolment machine) {
    LineChecks checks = new LineChecks(line);
    checks.most("memPeakBytes", line.memPeakBytes(), machine.memoryBytes());
    return List.copyOf(checks.differences);
  }

  /** What does not follow from the signed batch and the log's own releases. */
  static List<Difference> of(UsageLine line, long leaf, Batch batch, PublicFacts log) {
    LineChecks checks = new LineChecks(line);
    checks.same("release", line.release().toHex(), batch.spec().release().toHex());
    checks.same("meter", line.meter(), WasmModule.METER_VERSION);
    long units = batch.plan().count();
    if (line.lease().unit() >= units) {
      checks.find("unit", line.lease().unit(), "the batch has " + units + " units");
    }
    boolean published =
        log.release(batch.spec().release(), batch.envelope().signer())
            .filter(index -> index < leaf)
            .isPresent();
    if (!published) {
      checks.find(
          "release",
          line.release().toHex(),
          "the log has no release of that owner and digest before the line");
    }
    return List.copyOf(checks.differences);
  }

  private void against(Allotment allotment) {
    int cores = allotment.cores();
    most("cpuMs", line.cpuMs(), LineRules.cpuMsMost(line, cores));
    most("wallMs", line.wallMs(), allotment.wallMs() + LineRules.CLOCK_TOLERANCE_MS);
    most("memReservedBytes", line.memReservedBytes(), allotment.memoryBytes());
    if (!line.gpus().isEmpty()) {
      find("gpus", line.gpus().size(), "none, the unit ran in a sandbox that has none");
    }
    line.energy()
        .ifPresent(energy -> most("energy", energy.joules(), LineRules.joulesMost(line, cores)));
  }

  private void againstItself() {
    long span = line.endMs() - line.startMs();
    most("wallMs", line.wallMs(), span + LineRules.CLOCK_TOLERANCE_MS);
  }

  /** A line is logged on the day of its end or later, never before. */
  private void against(LocalDate logged) {
    Instant dayEnds = logged.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    most("endMs", line.endMs(), dayEnds.toEpochMilli() + LineRules.CLOCK_TOLERANCE_MS);
  }

  private void most(String field, long states, long most) {
    if (states > most) {
      find(field, states, "at most " + most);
    }
  }

  private void same(String field, String states, String expected) {
    if (!states.equals(expected)) {
      differences.add(new Difference(field, states, expected));
    }
  }

  private void find(String field, Object states, String found) {
    differences.add(new Difference(field, states.toString(), found));
  }
}
