package org.almoner.tax.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.tally.Exclusion;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.ProvenEntry;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.verify.Issued;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementAgainTests {
  private static final long NOVEMBER = 1_795_168_800_000L;

  @TempDir private Path temp;
  private SmallLog log;
  private Statement stated;
  private Evidence evidence;
  private LogReader mirror;
  private List<Long> lines;

  @BeforeEach
  void issue() throws Exception {
    log = new SmallLog(temp.resolve("log"));
    lines = log.report(Issued.ADA, NOVEMBER, 6);
    log.fill(300);
    log.settle(lines.get(0), Outcome.ACCEPTED);
    log.settle(lines.get(1), Outcome.ACCEPTED_ALONE);
    log.settle(lines.get(2), Outcome.NO_QUORUM);
    log.settle(lines.get(3), Outcome.ACCEPTED);
    log.settle(lines.get(4), Outcome.STARTER);
    log.log(new Voiding(false, List.of(lines.get(3)), "objection").entry());
    Issued issued = Issued.from(log, SmallLog.verifierKey(), temp.resolve("issued"));
    evidence = EvidenceZip.read(issued.evidence().toArray());
    stated =
        StatementOpening.parse(PdfEvidence.read(issued.pdf().toArray()).statement()).statement();
    mirror = new LogReader(new TileDirectory(temp.resolve("log/public")));
  }

  private StatementAgain again(Evidence from) throws Exception {
    Checkpoint now = log.checkpoint().checkpoint();
    return StatementAgain.draw(mirror, now, from, stated.from(), stated.to(), index -> {});
  }

  @Test
  void aMirrorAndOpeningsAloneGiveTheSameOctets() throws Exception {
    Statement drawn = again(evidence).statement(stated, stated.evidence());
    assertThat(CanonicalJson.bytes(drawn.toJson())).isEqualTo(CanonicalJson.bytes(stated.toJson()));
    assertThat(drawn.accepted()).isEqualTo(2);
    assertThat(drawn.returned()).isEqualTo(5);
    assertThat(drawn.tally().excluded())
        .isEqualTo(Map.of(Exclusion.VOIDED, 1L, Exclusion.NO_QUORUM, 1L, Exclusion.PENDING, 1L));
  }

  @Test
  void everyLineThatDoesNotCountHasItsReason() throws Exception {
    assertThat(
            again(evidence).excluded().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().reason().text()))
        .containsExactly(
            lines.get(2) + " no-quorum", lines.get(3) + " voided", lines.get(5) + " pending");
  }

  @Test
  void aVoidThatTheEvidenceLeavesOutIsFoundInTheLog() throws Exception {
    List<ProvenEntry> without = evidence.outcomes().subList(0, evidence.outcomes().size() - 1);
    Evidence shortened = new Evidence(evidence.checkpoint(), evidence.lines(), without);
    assertThat(again(shortened).tally().accepted()).isEqualTo(2);
  }

  @Test
  void aLineThatIsLeftOutMakesAnotherStatement() throws Exception {
    Evidence shortened =
        new Evidence(evidence.checkpoint(), evidence.lines().subList(1, 6), evidence.outcomes());
    assertThat(again(shortened).tally()).isNotEqualTo(stated.tally());
  }

  @Test
  void aMirrorThatWasAlteredIsRefused() throws Exception {
    long size = log.checkpoint().checkpoint().size();
    Path bundle =
        temp.resolve("log/public")
            .resolve(TilePath.holding(TilePath.ENTRIES, size - 1, size).orElseThrow().toString());
    byte[] octets = Files.readAllBytes(bundle);
    octets[octets.length - 1] ^= 1;
    Files.write(bundle, octets);
    assertThatThrownBy(() -> again(evidence))
        .isInstanceOf(OpeningRejected.class)
        .hasMessageContaining("of this copy of the log lead to root");
  }

  @Test
  void aMirrorOlderThanTheEvidenceIsRefused() throws Exception {
    Checkpoint old = new Checkpoint(stated.origin(), 3, mirror.root(3));
    assertThatThrownBy(
            () -> StatementAgain.draw(mirror, old, evidence, stated.from(), stated.to(), i -> {}))
        .hasMessageContaining("mirror the log again");
  }
}
