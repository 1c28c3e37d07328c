package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.pdf.AsianFonts;
import org.almoner.tax.pdf.Brand;
import org.almoner.tax.pdf.Colour;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.seal.IntactSeal;
import org.almoner.tax.seal.SealCheck;
import org.almoner.tax.seal.SealKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final DonorId BEA = SmallLog.donor(2);
  private static final long NOVEMBER = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
  private static final long DECEMBER = Instant.parse("2026-12-31T23:59:59Z").toEpochMilli();
  private static final Charity CHARITY = new Charity("Example Commons", List.of(), "", "");

  private static final PageMark MARK = PageMark.SPECIMEN;

  @TempDir Path temp;
  private Instant now = Instant.parse("2027-02-01T00:00:00Z");
  private SmallLog log;
  private DonorDirectory donors;

  @BeforeEach
  void open() throws Exception {
    log = new SmallLog(temp.resolve("log"));
    donors = DonorDirectory.open(temp.resolve("donors"), new java.security.SecureRandom());
    donors.put(Donor.named(ADA, "Ada Example", List.of("1 Street")));
    donors.put(Donor.named(BEA, "Bea Example", List.of()));
  }

  @Test
  void onlyAcceptedLinesOfTheYearCountAndEachOnce() throws Exception {
    List<Long> leaves = log.report(ADA, NOVEMBER, 3);
    log.settle(leaves.get(0), Outcome.ACCEPTED);
    log.settle(leaves.get(1), Outcome.OUTPUT_DISAGREED);
    log.settle(log.report(ADA, DECEMBER, 1).get(0), Outcome.ACCEPTED);
    log.settle(log.report(ADA, DECEMBER + 1_000, 1).get(0), Outcome.ACCEPTED);

    Drawing.Drawn drawn = draw(ADA);

    assertThat(drawn.tally().months())
        .containsExactly(
            new MonthTotal(YearMonth.of(2026, 11), seconds(1), 1, 3),
            new MonthTotal(YearMonth.of(2026, 12), seconds(1), 1, 1));
    assertThat(drawn.evidence().lines()).hasSize(4);
    assertThat(drawn.evidence().outcomes()).hasSize(3);
  }

  @Test
  void aVoidedLineCountsNoMoreUntilItIsReinstated() throws Exception {
    long leaf = log.report(ADA, NOVEMBER, 1).get(0);
    log.settle(leaf, Outcome.ACCEPTED);
    log.log(new Voiding(false, List.of(leaf), "host-caught").entry());
    assertThat(draw(ADA).tally().months().get(0).accepted()).isZero();

    log.log(new Voiding(true, List.of(leaf), "appeal-granted").entry());
    assertThat(draw(ADA).tally().months().get(0).accepted()).isEqualTo(1);
  }

  @Test
  void everyDonorGetsOneSealedDocumentAndASecondRunChangesNothing() throws Exception {
    log.settle(log.report(ADA, NOVEMBER, 2).get(0), Outcome.ACCEPTED);
    log.settle(log.report(BEA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);

    assertThat(issuer().issue(2026))
        .extracting(IssueReply::number, IssueReply::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2026-000001", IssueReply.State.ISSUED),
            org.assertj.core.groups.Tuple.tuple("2026-000002", IssueReply.State.ISSUED));
    byte[] pdf = pdf("2026-000001");
    assertThat(SealCheck.check(pdf)).isInstanceOf(IntactSeal.class);

    assertThat(issuer().issue(2026))
        .extracting(IssueReply::state)
        .containsOnly(IssueReply.State.ALREADY_ISSUED);
    assertThat(pdf("2026-000001")).isEqualTo(pdf);
  }

  @Test
  void aStoredDocumentIsIssuedAfterACrashWithoutBeingSealedAgain() throws Exception {
    log.settle(log.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    log.refuseReceipts = true;
    assertThatThrownBy(() -> issuer().issue(2026))
        .isInstanceOf(IOException.class)
        .hasMessage("the power went");
    Registered stored = register().all().get(0);
    assertThat(stored.state()).isEqualTo(Registered.State.SEALED);

    log.refuseReceipts = false;
    IssueReply reply = issuer().issue(2026).get(0);
    assertThat(reply.state()).isEqualTo(IssueReply.State.ISSUED);
    assertThat(Hash.sha256(pdf(reply.number()))).isEqualTo(stored.pdf());
  }

  @Test
  void aDonorWithoutANameOrWithoutLinesIsSkippedWithTheReason() throws Exception {
    DonorId nameless = SmallLog.donor(3);
    log.settle(log.report(nameless, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    log.settle(log.report(ADA, DECEMBER + 1_000, 1).get(0), Outcome.ACCEPTED);
    assertThat(issuer().issue(2026))
        .extracting(IssueReply::sentence)
        .containsExactly(
            "the donor directory has no name for this donor",
            "nothing was logged for this donor in 2026");
    assertThat(register().all()).isEmpty();
  }

  @Test
  void aYearThatHasNotClosedIsRefusedWithTheDayItDoes() {
    now = Instant.parse("2027-01-31T23:59:59Z");
    assertThatThrownBy(() -> issuer().issue(2026))
        .isInstanceOf(DrawingFailed.class)
        .hasMessage("the year 2026 closes on 2027-02-01 (UTC); statements follow after that day");
  }

  @Test
  void anOpeningThatDoesNotFitTheLogKeepsBackThatDonorAlone() throws Exception {
    long leaf = log.report(ADA, NOVEMBER, 2).get(0);
    log.settle(log.report(BEA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    UsageOpening good = log.openings(ADA).get(0);
    log.replaceOpening(ADA, 0, new UsageOpening(leaf, Hash.ZERO, 0, good.report()));
    List<IssueReply> replies = issuer().issue(2026);
    assertThat(replies)
        .extracting(IssueReply::donor, IssueReply::state, IssueReply::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                ADA, IssueReply.State.SKIPPED, IssueReply.Reason.REFUSED),
            org.assertj.core.groups.Tuple.tuple(
                BEA, IssueReply.State.ISSUED, IssueReply.Reason.NONE));
    assertThat(replies.get(0).sentence()).contains("does not hash to what the log holds");
    log.replaceOpening(ADA, 0, log.openings(ADA).get(1));
    assertThat(issuer().issue(2026).get(0).sentence()).isEqualTo("entry 1 was opened twice");
  }

  @Test
  void aPreviewIsDrawnInTheCharitysLook() throws Exception {
    log.settle(log.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    Brand own = new Brand(Brand.ALMONER.logo(), Colour.parse("#702020"), Colour.parse("#503010"));
    assertThat(issuer(new StatementPdf(own, AsianFonts.none())).preview(ADA, 2026, MARK))
        .isNotEqualTo(issuer().preview(ADA, 2026, MARK));
    assertThat(issuer().preview(ADA, 2026, MARK)).isEqualTo(issuer().preview(ADA, 2026, MARK));
  }

  @Test
  void evidenceSurvivesARoundTripThroughItsFile() throws Exception {
    log.settle(log.report(ADA, NOVEMBER, 3).get(0), Outcome.ACCEPTED);
    Evidence evidence = draw(ADA).evidence();
    byte[] zip = EvidenceZip.write(evidence);
    assertThat(EvidenceZip.read(zip)).isEqualTo(evidence);
    assertThat(EvidenceZip.write(evidence)).isEqualTo(zip);
  }

  private Drawing.Drawn draw(DonorId donor) throws Exception {
    return Drawing.read(log)
        .draw(
            log.openings(donor),
            java.time.LocalDate.of(2026, 1, 1),
            java.time.LocalDate.of(2026, 12, 31));
  }

  private Issuer issuer() throws Exception {
    return issuer(new StatementPdf());
  }

  private Issuer issuer(StatementPdf pdf) throws Exception {
    SealKey key =
        SealKey.openOrCreate(
            temp.resolve("seal.p12"), "Example Commons", () -> now, new SecureRandom());
    InstantSource clock = () -> now;
    return new Issuer(
        log, register(), donors, CHARITY, key, pdf, new Software("almoner", "0.1.0"), clock);
  }

  private byte[] pdf(String number) throws Exception {
    ReceiptRegister register = register();
    return register.pdf(register.find(number).orElseThrow());
  }

  private ReceiptRegister register() throws IOException {
    return ReceiptRegister.open(temp.resolve("register"));
  }

  private static Quantities seconds(int lines) {
    return new Quantities(
        new org.almoner.ledger.entry.CpuTime(900L * lines, 0, 0),
        0,
        64_000L * lines,
        java.util.Map.of());
  }
}
