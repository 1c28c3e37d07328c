package org.almoner.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final String ORIGIN = "log.example/2026";
  private static final SigningKey AGENT = SigningKey.of(new byte[SigningKey.SEED_SIZE]);
  private static final Hash ANY = Hash.sha256(new byte[] {7});
  private static final long NOVEMBER = 1_795_000_000_000L;
  private static final DonorId ADA = donor(1);
  private static final DonorId BOHDAN = donor(2);

  private final Audit audit = new Audit(ORIGIN);
  private final List<Bytes> log = new ArrayList<>();

  @Test
  void aChainOfReportsWithALineMissingFitsTogether() {
    Envelope first = report(0, Hash.ZERO, 1, 2);
    Envelope second = report(1, first.digest(), 3);
    Envelope third = report(2, second.digest(), 4);
    audit.open(logged(third, 0));
    logged(first, 1);
    audit.open(logged(second, 0));
    audit.open(logged(first, 0));
    assertThat(found()).isEmpty();
    assertThat(audit.coverage()).isEqualTo(new Coverage(3, 0, 1, 0, 3, 1));
  }

  @Test
  void linesThatAreSaidToBeErasedAreCountedApartAndAreNoFault() {
    Envelope report = report(0, Hash.ZERO, 1, 2, 3);
    logged(report, 0);
    logged(report, 1);
    logged(report, 2);
    audit.erased(ErasedLeaves.of(ORIGIN, List.of(0L, 2L)));
    log.forEach(entry -> audit.entry(log.indexOf(entry), entry));
    audit.end(log.size());
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.coverage()).isEqualTo(new Coverage(0, 2, 1, 0, 0, 0));
    assertThat(audit.coverage())
        .hasToString(
            "0 usage lines opened, of 0 donors, in 0 reports by 0 agents; erased 2;"
                + " 1 usage lines without opening");
  }

  @Test
  void aLineThatIsOpenedAllTheSameCountsAsOpened() {
    audit.erased(ErasedLeaves.of(ORIGIN, List.of(0L)));
    audit.open(logged(report(0, Hash.ZERO, 1), 0));
    audit.entry(0, log.get(0));
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.coverage()).isEqualTo(new Coverage(1, 0, 0, 0, 1, 1));
  }

  @Test
  void aListOfErasedLinesThatDoesNotFitTheLogIsFound() {
    audit.erased(ErasedLeaves.of("other.example", List.of(0L)));
    audit.erased(ErasedLeaves.of(ORIGIN, List.of(0L, 1L, 9L)));
    audit.entry(0, new Settlement(0, List.of(Outcome.NONE)).entry().octets());
    audit.end(2);
    assertThat(found())
        .containsExactly(
            "entry 0: the list of erased lines is of another log, other.example",
            "entry 0: the operator lists it among erased usage lines, and it is none",
            "entry 9: it is said to be erased, but the log ends with entry 1");
  }

  @Test
  void twoReportsWithOneNumberAreAFork() {
    audit.open(logged(report(0, Hash.ZERO, 1), 0));
    audit.open(logged(report(0, Hash.ZERO, 2), 0));
    assertThat(found())
        .containsExactly("entry 1: agent " + id() + " signed two reports with number 0");
  }

  @Test
  void aReportThatNamesAnotherOneBeforeIsFoundFromBothSides() {
    Envelope first = report(0, Hash.ZERO, 1);
    Envelope second = report(1, ANY, 2);
    Envelope third = report(2, second.digest(), 3);
    audit.open(logged(first, 0));
    audit.open(logged(third, 0));
    audit.open(logged(second, 0));
    assertThat(found())
        .containsExactly("entry 2: report 1 of agent " + id() + " does not name its report 0");
    Audit backwards = new Audit(ORIGIN);
    backwards.open(opening(second, 0, 5));
    backwards.open(opening(first, 0, 6));
    assertThat(shown(backwards))
        .containsExactly("entry 6: report 1 of agent " + id() + " does not name its report 0");
  }

  @Test
  void aLeaseWithTwoLinesIsFound() {
    Envelope first = report(0, Hash.ZERO, 1);
    audit.open(logged(first, 0));
    audit.open(logged(report(1, first.digest(), 1), 0));
    assertThat(found()).hasSize(1);
    assertThat(found().get(0)).matches("entry 1: lease .* was logged before, at entry 0");
  }

  @Test
  void aLineInTheOpeningsOfTwoDonorsIsFound() {
    UsageOpening line = logged(report(0, Hash.ZERO, 1), 0);
    audit.open(line);
    audit.belongs(0, ADA);
    audit.open(line);
    audit.belongs(0, ADA);
    assertThat(found()).isEmpty();
    audit.belongs(0, BOHDAN);
    assertThat(found())
        .containsExactly(
            "entry 0: the usage line is in the openings of two donors, " + ADA + " and " + BOHDAN);
  }

  @Test
  void anOpeningThatDoesNotLeadToItsEntryIsFound() {
    Envelope report = report(0, Hash.ZERO, 1, 2);
    logged(report, 0);
    audit.open(opening(report, 1, 0));
    audit.open(opening(report, 0, 9));
    assertThat(found())
        .containsExactly("entry 0: the opening does not lead to the entry that the log holds");
    audit.end(log.size());
    assertThat(shown(audit)).contains("entry 9: it was opened, but the log ends with entry 0");
  }

  @Test
  void aReportThatNobodySignedIsFound() {
    Envelope good = report(0, Hash.ZERO, 1);
    Envelope forged =
        new Envelope(
            good.kind(), report(0, Hash.ZERO, 2).payload(), good.signer(), good.signature());
    audit.open(logged(forged, 0));
    assertThat(found()).hasSize(1);
    assertThat(found().get(0)).startsWith("entry 0: the signature does not verify under key ");
    assertThat(audit.coverage().opened()).isZero();
  }

  @Test
  void aStatementIsAddedUpByWhatTheLogSaidWhenItWasDrawnUp() throws Exception {
    Envelope report = report(0, Hash.ZERO, 1, 2, 3);
    List<CheckedLine> lines = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      UsageOpening opening = logged(report, part);
      audit.open(opening);
      lines.add(opening.check(ORIGIN));
    }
    Settlement settlement =
        new Settlement(0, List.of(Outcome.ACCEPTED, Outcome.FAILED, Outcome.ACCEPTED));
    log.add(settlement.entry().octets());
    long size = log.size();
    log.add(new Voiding(false, List.of(2L), "host-caught").entry().octets());
    assertThat(found()).isEmpty();

    SettledOutcomes outcomes = new SettledOutcomes();
    outcomes.take(settlement.entry());
    assertThat(audit.recount(statement(lines, outcomes, size), lines, log.size())).isEqualTo(1);
    Statement later = statement(lines, outcomes, log.size());
    assertThatThrownBy(() -> audit.recount(later, lines, log.size()))
        .isInstanceOf(OpeningRejected.class)
        .hasMessageContaining("other lines count than those that the statement names");
    assertThatThrownBy(() -> audit.recount(later, lines.subList(0, 1), log.size()))
        .hasMessageContaining("other lines count");
    Statement early = statement(lines, outcomes, 2);
    assertThatThrownBy(() -> audit.recount(early, lines, log.size()))
        .hasMessage("it was drawn up from 2 entries, and its evidence opens 2");
    assertThatThrownBy(() -> audit.recount(later, lines, 3))
        .hasMessage("it was drawn up from 5 entries, and the log has 3");
  }

  private static Statement statement(List<CheckedLine> lines, SettledOutcomes outcomes, long size)
      throws Exception {
    LocalDate from = LocalDate.of(2026, 1, 1);
    LocalDate to = LocalDate.of(2026, 12, 31);
    Tally tally = Tally.fold(lines, outcomes, from, to);
    return new Statement(
        ORIGIN,
        "2026-000001",
        ADA,
        from,
        to,
        "almoner 0",
        "generic 1",
        0,
        false,
        size,
        ANY,
        tally,
        ANY);
  }

  private UsageOpening logged(Envelope report, int part) {
    UsageOpening opening = opening(report, part, log.size());
    log.add(opening.entry(ORIGIN).octets());
    return opening;
  }

  private static UsageOpening opening(Envelope report, int part, long leaf) {
    return new UsageOpening(leaf, Hash.sha256(new byte[] {(byte) part}), part, report);
  }

  /** Shows the audit the log, then all that it found. */
  private List<String> found() {
    for (int index = 0; index < log.size(); index++) {
      audit.entry(index, log.get(index));
    }
    return shown(audit);
  }

  private static List<String> shown(Audit audit) {
    return audit.findings().stream().map(Finding::toString).distinct().toList();
  }

  private static Envelope report(long seq, Hash prev, long... units) {
    List<UsageLine> lines =
        Arrays.stream(units)
            .mapToObj(unit -> line(new LeaseId(BatchId.parseHex("00112233445566aa"), unit, 0)))
            .toList();
    UsageReport report = new UsageReport(ORIGIN, id(), seq, prev, lines);
    return Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), AGENT);
  }

  private static AgentId id() {
    return AgentId.of(AGENT.publicKey());
  }

  private static UsageLine line(LeaseId lease) {
    return new UsageLine(
        lease,
        ANY,
        ANY,
        "almoner-meter/1",
        NOVEMBER - 1_000,
        NOVEMBER,
        1_000,
        900,
        80 << 20,
        64 << 20,
        128 << 20,
        List.of(),
        1_000_000,
        ANY,
        ANY,
        0,
        List.of());
  }

  private static DonorId donor(int value) {
    byte[] octets = new byte[DonorId.SIZE];
    Arrays.fill(octets, (byte) value);
    return new DonorId(Bytes.of(octets));
  }
}
