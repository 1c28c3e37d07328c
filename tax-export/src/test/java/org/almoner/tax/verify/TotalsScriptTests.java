package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.ledger.append.SequencerStopped;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.pdf.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * L21: somebody else, in another language, adds up the year from the whole log and the evidence.
 */
class TotalsScriptTests {
  private static final Path SCRIPT =
      Path.of(System.getProperty("almoner.root"), "docs", "spec", "totals.mjs");

  @TempDir Path temp;
  private SmallLog log;
  private Statement statement;

  /** A year with each way in which a line may count, or not. */
  @BeforeEach
  void issue() throws Exception {
    log = new SmallLog(temp.resolve("log"));
    long may = Issued.NOVEMBER - Duration.ofDays(180).toMillis();
    List<Long> spring = log.report(Issued.ADA, may, 4);
    List<Long> autumn = log.report(Issued.ADA, Issued.NOVEMBER, 3);
    long second = log.replica(Issued.ADA, Issued.NOVEMBER);
    List<Long> before = log.report(Issued.ADA, may - Duration.ofDays(365).toMillis(), 1);
    List<Long> tail = log.report(Issued.ADA, Issued.NOVEMBER, 3);
    log.fill(300);
    settle(Outcome.ACCEPTED, spring.get(0), spring.get(1), before.get(0));
    rates(2_000, 500); // in force for what is settled after it
    settle(Outcome.ACCEPTED_ALONE, spring.get(2), tail.get(0));
    settle(Outcome.ACCEPTED_OUTPUT, tail.get(1));
    settle(Outcome.STARTER, spring.get(3));
    rates(3, 2);
    settle(Outcome.ACCEPTED, autumn.get(0), autumn.get(2), second);
    settle(Outcome.ACCEPTED_RULED, tail.get(2));
    settle(Outcome.COUNT_DISAGREED, autumn.get(1));
    revise(false, spring.get(0), spring.get(1));
    revise(true, spring.get(1));
    Issued issued = Issued.from(log, SmallLog.verifierKey(), temp.resolve("issued"));
    Files.write(temp.resolve("evidence.zip"), issued.evidence().toArray());
    statement =
        StatementOpening.parse(PdfEvidence.read(issued.pdf().toArray()).statement()).statement();
  }

  private void settle(Outcome outcome, Long... leaves) throws Exception {
    for (long leaf : leaves) {
      log.settle(leaf, outcome);
    }
  }

  private void rates(long floor, long starter) throws SequencerStopped {
    Hash release = Hash.sha256(new byte[] {7});
    log.log(new Rates(starter, new TreeMap<>(Map.of(release, floor))).entry());
  }

  private void revise(boolean reinstates, Long... leaves) throws SequencerStopped {
    log.log(new Voiding(reinstates, List.of(leaves), "objection").entry());
  }

  private Tool.Said totals() throws Exception {
    return Tool.run(
        "node",
        SCRIPT.toString(),
        temp.resolve("evidence.zip").toString(),
        "--log",
        temp.resolve("log/public").toString(),
        "--key",
        SmallLog.verifierKey().format(),
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-31");
  }

  @Test
  void l21AnotherLanguageComesToTheTotalsOfTheYear() throws Exception {
    // Of Ada's eleven lines of the year: one void, one starter, one outvoted, two of one unit.
    assertThat(statement.accepted()).isEqualTo(6);
    assertThat(statement.returned()).isEqualTo(10);
    // A million instructions in 900 ms: half of what her starter unit shows allows 450 ms and a
    // bit,
    // by the rates that held when two of her lines were settled.
    assertThat(statement.given().cpu()).isEqualTo(new CpuTime(2 * 900, 900, 2 * 451 + 900));
    JsonValue.Obj expected =
        JsonValue.Obj.of()
            .put("days", statement.tally().days())
            .put("devices", statement.tally().devices())
            .put("evidence", statement.evidence().toHex())
            .put("excluded", statement.toJson().fields().get("excluded"))
            .put("given", statement.given().toJson())
            .put("lines", statement.lines().toHex())
            .put("logRoot", statement.logRoot().toHex())
            .put("logSize", statement.logSize())
            .put("months", statement.toJson().fields().get("months"))
            .put("origin", statement.origin())
            .put("releases", statement.toJson().fields().get("releases"))
            .build();
    Tool.Said said = totals();
    assertThat(said.text())
        .isEqualTo(
            new String(CanonicalJson.bytes(expected).toArray(), StandardCharsets.UTF_8) + "\n");
    assertThat(said.exit()).isZero();
  }

  @Test
  void l21AnyAlteredOctetOfTheLogIsFoundByIt() throws Exception {
    long size = log.checkpoint().checkpoint().size();
    for (long entry : new long[] {0, size - 1}) {
      TilePath path = TilePath.holding(TilePath.ENTRIES, entry, size).orElseThrow();
      Path bundle = temp.resolve("log/public").resolve(path.toString());
      byte[] whole = Files.readAllBytes(bundle);
      byte[] altered = whole.clone();
      altered[whole.length / 2] ^= 1;
      Files.write(bundle, altered);
      Tool.Said said = totals();
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.text()).startsWith("totals.mjs: ").containsPattern("root|cut short|follow");
      Files.write(bundle, whole);
    }
    assertThat(totals().exit()).isZero();
  }
}
