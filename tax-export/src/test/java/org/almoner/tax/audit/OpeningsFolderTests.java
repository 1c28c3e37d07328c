package org.almoner.tax.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.verify.Issued;
import org.almoner.tax.verify.Step;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningsFolderTests {
  private static final long NOVEMBER = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  @TempDir static Path shared;
  private static SmallLog log;
  private static Issued issued;

  @TempDir Path temp;
  private Path given;

  @BeforeAll
  static void issue() throws Exception {
    log = new SmallLog(shared.resolve("log"));
    List<Long> leaves = log.report(SmallLog.donor(1), NOVEMBER, 3);
    log.fill(4);
    log.settle(leaves.get(0), Outcome.ACCEPTED);
    log.settle(leaves.get(1), Outcome.COUNT_DISAGREED);
    issued = Issued.from(log, SmallLog.verifierKey(), shared.resolve("one"));
  }

  @BeforeEach
  void handIn() throws Exception {
    given = Files.createDirectory(temp.resolve("given"));
    Files.write(given.resolve("any-name.zip"), issued.evidence().toArray());
    Files.write(given.resolve("a.pdf"), issued.pdf().toArray());
  }

  @Test
  void whatDonorsHandInHoldsByTheLog() throws Exception {
    OpeningsFolder folder = audited();
    assertThat(folder.steps())
        .containsExactly(
            Step.ok("a.pdf", "3 lines opened, 1 accepted; by the log they add up to its totals"));
    assertThat(folder.audit().findings()).isEmpty();
    assertThat(folder.audit().coverage().toString())
        .isEqualTo(
            "3 usage lines opened, of 1 donors, in 1 reports by 1 agents; erased 0;"
                + " 4 usage lines without opening");
  }

  @Test
  void aLineVoidedSinceIsToldUntilItCountsAgain() throws Exception {
    log.log(new Voiding(false, List.of(0L), "host-caught").entry());
    assertThat(audited().steps().get(0).sentence()).endsWith(", but 1 of them count no more");
    log.log(new Voiding(true, List.of(0L), "appeal-granted").entry());
    assertThat(audited().steps().get(0).sentence()).endsWith("they add up to its totals");
  }

  @Test
  void aStatementWithoutEvidenceAndEvidenceWithoutAStatementAreToldAndNoFault() throws Exception {
    Path zip = given.resolve("any-name.zip");
    Files.move(given.resolve("a.pdf"), temp.resolve("a.pdf"));
    assertThat(audited().steps()).extracting(Step::verdict).containsExactly(Step.Verdict.UNKNOWN);
    assertThat(audited().audit().coverage().opened()).isEqualTo(3);
    Files.move(temp.resolve("a.pdf"), given.resolve("a.pdf"));
    Files.delete(zip);
    OpeningsFolder folder = audited();
    assertThat(folder.steps())
        .containsExactly(
            Step.unknown(
                "a.pdf", "its evidence is not here, so its totals were not added up again"));
    assertThat(folder.audit().coverage().unopened()).isEqualTo(7);
  }

  @Test
  void linesOnTheOperatorsListAreToldAsErased() throws Exception {
    assertThat(audited().audit().coverage().erased()).isZero();
    long unopened = audited().audit().coverage().unopened();
    Path list = given.resolve(ErasedLeaves.FILE);
    Files.write(
        list,
        ErasedLeaves.of(issued.trust().log().origin(), List.of(0L, 3L, 4L)).octets().toArray());
    OpeningsFolder folder = audited();
    assertThat(folder.audit().findings()).isEmpty();
    assertThat(folder.audit().coverage().erased()).as("line 0 is opened all the same").isEqualTo(2);
    assertThat(folder.audit().coverage().unopened()).isEqualTo(unopened - 2);
    Files.writeString(list, "[]");
    assertThat(audited().steps())
        .filteredOn(step -> step.verdict() == Step.Verdict.FAILED)
        .extracting(Step::subject)
        .containsExactly(ErasedLeaves.FILE);
  }

  @Test
  void whatIsNoDocumentIsNamedAndTheRestStillRead() throws Exception {
    Files.writeString(given.resolve("b.pdf"), "%PDF-1.7\nnothing\n");
    Files.writeString(given.resolve("c.zip"), "nothing");
    OpeningsFolder folder = audited();
    assertThat(folder.steps())
        .extracting(step -> step.verdict() + " " + step.subject())
        .containsExactly("FAILED b.pdf", "FAILED c.zip", "OK a.pdf");
  }

  @Test
  void aStatementOfARewrittenLogDoesNotHold() throws Exception {
    SmallLog rewritten = new SmallLog(temp.resolve("rewritten"));
    rewritten.fill(20);
    OpeningsFolder folder = new OpeningsFolder(given, issued.trust());
    folder.open();
    LogCheck.run(rewritten.tiles(), rewritten.checkpoint(), folder.audit());
    folder.recount(rewritten.reader(), rewritten.checkpoint().checkpoint());
    assertThat(folder.steps()).extracting(Step::verdict).containsExactly(Step.Verdict.FAILED);
    assertThat(folder.audit().findings())
        .extracting(Finding::reason)
        .containsOnly("the opening does not lead to the entry that the log holds")
        .hasSize(3);
  }

  private OpeningsFolder audited() throws Exception {
    OpeningsFolder folder = new OpeningsFolder(given, issued.trust());
    assertThat(folder.open()).isPositive();
    assertThat(LogCheck.run(log.tiles(), log.checkpoint(), folder.audit()).findings()).isEmpty();
    folder.recount(log.reader(), log.checkpoint().checkpoint());
    return folder;
  }
}
