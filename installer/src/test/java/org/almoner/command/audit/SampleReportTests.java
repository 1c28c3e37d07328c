package org.almoner.command.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleReportTests {
  private static final Path GOLDEN =
      Path.of(System.getProperty("almoner.root"), "docs/spec/golden/audit-report.json");

  @TempDir Path folder;

  /**
   * Seven of nine lines; two of the nine lie about their energy, two were erased, one of them late,
   * and of one the agreed result is kept back.
   */
  private Sample sample() throws Exception {
    try (AuditedWorld world = new AuditedWorld(folder)) {
      for (int i = 0; i < 9; i++) {
        boolean lies = i >= 7;
        long leaf = world.line(line -> lies ? boasting(line) : line);
        if (i == 2 || i == 3) {
          world.problems.put(AuditedWorld.route(leaf), 410);
        }
        if (i == 2) {
          world.erased.add(leaf);
        }
        if (i == 4) {
          world.withhold(leaf, "agreed");
        }
      }
      return world.sample(7, folder.resolve("audit"));
    }
  }

  private static UsageLine boasting(UsageLine line) {
    return new UsageLine(
        line.lease(),
        line.grant(),
        line.release(),
        line.meter(),
        line.startMs(),
        line.endMs(),
        line.wallMs(),
        line.cpuMs(),
        line.memPeakBytes(),
        line.memMeanBytes(),
        line.memReservedBytes(),
        line.gpus(),
        line.count(),
        line.output(),
        line.held(),
        line.exit(),
        java.util.List.of(new Energy(1_000_000, Energy.Tier.M1)));
  }

  @Test
  void theReportIsTheGoldenOneOctetByOctet() throws Exception {
    byte[] report = new SampleReport(sample()).json().toArray();
    if (Boolean.getBoolean("almoner.golden.write")) {
      Files.write(GOLDEN, report);
    }

    assertThat(new String(report, UTF_8)).isEqualTo(Files.readString(GOLDEN));
    assertThat(new String(report, UTF_8))
        .contains("\"differs\"", "\"erased\"", "\"erased-late\"", "\"held\"", "\"held-in-part\"");
  }

  @Test
  void theSheetNamesTheReportAndWhatItDoesNotShow() throws Exception {
    SampleReport report = new SampleReport(sample());
    Begun begun = new Begun(AuditedWorld.NOON, "note", "log", new ErasedPledge(0, Hash.ZERO), true);
    String sheet =
        report.sheet(begun, Instant.ofEpochMilli(AuditedWorld.NOON + 90_000), "almoner 1");

    assertThat(sheet)
        .contains("report.json SHA-256 " + Hash.sha256(report.json().toArray()))
        .contains("begun       2026-11-20T12:00:00Z, with checkpoint and dice of another audit")
        .contains("ended       2026-11-20T12:01:30Z")
        .contains("dice        12345612345612345612 (51 bits)")
        .contains("energy: the line says 1000000, found: at most 2100")
        .contains("erased      1 lines on the operator's list before the dice, salted digest ")
        .contains(
            "7 of 9 lines that count were drawn: 2 held, 1 held in part, 2 differ, 1 erased, 1 erased"
                + " late, 0 not run")
        .contains("With 95 % confidence: fewer than 7 of the 9 lines (77.8 %) are wrong")
        .contains("Processor time of the lines that were run: 45,000 ms stated, 5 ms taken here.")
        .contains("that a computer or a donor exists")
        .contains("auditor     ____");
  }
}
