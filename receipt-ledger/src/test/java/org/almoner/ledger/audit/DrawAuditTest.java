package org.almoner.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.junit.jupiter.api.Test;

class DrawAuditTest {
  private static final String ORIGIN = "log.example/2026";
  private static final SigningKey ADA = key(1);
  private static final SigningKey BOHDAN = key(2);
  private static final Hash RELEASE = Hash.sha256(new byte[] {7});
  private static final long NOVEMBER = 1_795_000_000_000L;
  private static final LocalDate DATE = LocalDate.of(2026, 11, 2);

  private final List<Bytes> log = new ArrayList<>();
  private final List<UsageOpening> openings = new ArrayList<>();
  private final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
  private final Map<SigningKey, Long> seqs = new HashMap<>();
  private final Map<SigningKey, Hash> prevs = new HashMap<>();
  private Bytes secret = Bytes.of(new byte[CheckSecret.SECRET_OCTETS]);
  private Audit audited = new Audit(ORIGIN);
  private int unit;

  @Test
  void aLineAloneAfterTenAgreedResultsIsDrawnAtOneInTen() {
    begin();
    agreed(10);
    long leaf = alone();
    secretFor(leaf, 9, 10);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 1, 0, 0));
  }

  @Test
  void aCheckThatWasDueAtTheExactOddsIsFoundThoughNotDueAtTheLowest() {
    begin();
    agreed(12);
    long leaf = alone();
    secretFor(leaf, 12, 20);
    assertThat(findings())
        .containsExactly(
            "entry "
                + leaf
                + ": it was accepted alone, but its check was due: one line in 12 of its agent is"
                + " checked");
  }

  @Test
  void aLineAloneBeforeTenAgreedResultsIsFound() {
    begin();
    agreed(9);
    long leaf = alone();
    secretFor(leaf, 0, 10);
    assertThat(findings())
        .containsExactly(
            "entry "
                + leaf
                + ": it was accepted alone, but of its agent's results with this release only 9 in"
                + " a row were agreed before, fewer than 10");
  }

  @Test
  void aUnitIsDecidedByTheSecondLineThatAgrees() {
    begin();
    agreed(9);
    int tenth = unit++;
    long mine = line(ADA, tenth, Outcome.ACCEPTED);
    long leaf = alone();
    line(BOHDAN, tenth, Outcome.ACCEPTED);
    secretFor(leaf, 0, 10);
    assertThat(findings()).singleElement().asString().contains("only 9 in a row");
    assertThat(mine).isLessThan(leaf);
  }

  @Test
  void resultsOfStarterUnitsDoNotCount() {
    begin();
    for (int i = 0; i < 12; i++) {
      line(ADA, unit++, Outcome.STARTER);
    }
    long leaf = alone();
    secretFor(leaf, 0, 10);
    assertThat(findings()).singleElement().asString().contains("only 0 in a row");
  }

  @Test
  void whoWasOutvotedNeedsTenTimesAsManyResults() {
    begin();
    agreed(30);
    int wrong = unit++;
    line(BOHDAN, wrong, Outcome.ACCEPTED);
    line(key(3), wrong, Outcome.ACCEPTED);
    line(ADA, wrong, Outcome.OUTPUT_DISAGREED);
    agreed(15);
    long leaf = alone();
    secretFor(leaf, 0, 10);
    assertThat(findings())
        .singleElement()
        .asString()
        .contains("only 15 in a row were agreed before, fewer than 100");
  }

  @Test
  void workThatOthersMayHaveRunAgainIsAddedForWhoWasOutvoted() {
    begin();
    agreed(10);
    List<Integer> unchecked = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      unchecked.add(unit);
      alone();
    }
    int wrong = unit++;
    line(BOHDAN, wrong, Outcome.ACCEPTED);
    line(key(3), wrong, Outcome.ACCEPTED);
    line(ADA, wrong, Outcome.OUTPUT_DISAGREED);
    unchecked.forEach(each -> line(BOHDAN, each, Outcome.ACCEPTED));
    agreed(10);
    long leaf = alone();
    secretFor(leaf, 0, 20);
    assertThat(findings()).noneMatch(sentence -> sentence.startsWith("entry " + leaf + ": "));
  }

  @Test
  void linesAcceptedAloneAddNothingToTheRecord() {
    begin();
    agreed(10);
    for (int i = 0; i < 30; i++) {
      alone();
    }
    long leaf = alone();
    secretFor(leaf, 10, 20);
    assertThat(findings())
        .anyMatch(
            sentence ->
                sentence.startsWith("entry " + leaf + ": ") && sentence.contains("one line in 10"));
  }

  @Test
  void whereOpeningsAreMissingOnlyTheLowestOddsCanBeRepeated() {
    begin();
    agreed(12);
    openings.remove(0); // of Ada's first report
    long leaf = alone();
    secretFor(leaf, 12, 20);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 0, 1, 0));
    secretFor(leaf, 20, 0);
    assertThat(findings()).singleElement().asString().contains("one line in 20");
  }

  @Test
  void twentyResultsAfterAGapShowTheOddsAgain() {
    begin();
    agreed(22);
    openings.remove(0);
    secretFor(alone(), 0, 20);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 1, 0, 0));
  }

  @Test
  void aLineThatNobodyOpenedIsDrawnAtTheLowestOddsByTheCheckOfTheLog() {
    begin();
    agreed(12);
    long leaf = alone();
    openings.remove(openings.size() - 1);
    secretFor(leaf, 0, 20);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 0, 1, 0));
  }

  @Test
  void whereTheOtherLinesOfUnitsAreMissingTheRecordIsNeverTakenForShorter() {
    begin();
    agreed(12);
    openings.removeIf(opening -> opening.report().signer().equals(BOHDAN.publicKey()));
    long leaf = alone();
    secretFor(leaf, 0, 12);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 0, 1, 0));
  }

  @Test
  void aDrawWhoseSecretIsHiddenIsCountedApart() {
    begin();
    agreed(12);
    alone();
    secret = Bytes.of(new byte[0]);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 0, 0, 1));
    assertThat(audited.odds())
        .hasToString(
            "1 lines accepted alone: draws repeated at exact odds 0, only at the lowest odds for"
                + " want of openings 0, not yet 1");
  }

  private void begin() {
    log.add(new Day(DATE).entry().octets());
  }

  /** So many results of Ada's, agreed with Bohdan's. */
  private void agreed(int results) {
    for (int i = 0; i < results; i++) {
      line(ADA, unit, Outcome.ACCEPTED);
      line(BOHDAN, unit++, Outcome.ACCEPTED);
    }
  }

  private long alone() {
    return line(ADA, unit++, Outcome.ACCEPTED_ALONE);
  }

  /** A secret by which the leaf is due at one in {@code due}, and not at one in {@code notDue}. */
  private void secretFor(long leaf, int due, int notDue) {
    for (int i = 0; i < 65_536; i++) {
      Bytes candidate = Bytes.of(Hash.sha256(new byte[] {(byte) (i >> 8), (byte) i}).toArray());
      boolean isDue = due == 0 || CheckSecret.due(candidate, leaf, due);
      if (isDue && (notDue == 0 || !CheckSecret.due(candidate, leaf, notDue))) {
        secret = candidate;
        return;
      }
    }
    throw new AssertionError("no secret makes that of leaf " + leaf);
  }

  private List<String> findings() {
    audited = new Audit(ORIGIN);
    openings.forEach(audited::open);
    List<Bytes> all = new ArrayList<>(log);
    all.add(new Day(DATE.plusDays(1)).entry().octets());
    List<Outcome> digits = new ArrayList<>();
    for (long leaf = 0; leaf < log.size(); leaf++) {
      digits.add(outcomes.getOrDefault(leaf, Outcome.NONE));
    }
    all.add(new Settlement(0, digits).entry().octets());
    if (secret.size() > 0) {
      Entry open = CheckSecret.open(DATE, secret).entry();
      all.add(open.octets());
    }
    for (int index = 0; index < all.size(); index++) {
      audited.entry(index, all.get(index));
    }
    audited.end(all.size());
    return audited.findings().stream().map(Finding::toString).toList();
  }

  private long line(SigningKey agent, int ofUnit, Outcome outcome) {
    long seq = seqs.merge(agent, 1L, Long::sum) - 1;
    AgentId id = AgentId.of(agent.publicKey());
    UsageLine line =
        usage(new LeaseId(BatchId.parseHex("00112233445566aa"), ofUnit, id.hashCode() & 7));
    UsageReport report =
        new UsageReport(ORIGIN, id, seq, prevs.getOrDefault(agent, Hash.ZERO), List.of(line));
    Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), agent);
    prevs.put(agent, signed.digest());
    UsageOpening opening = new UsageOpening(log.size(), signed.digest(), 0, signed);
    openings.add(opening);
    outcomes.put(opening.leaf(), outcome);
    log.add(opening.entry(ORIGIN).octets());
    return opening.leaf();
  }

  private static UsageLine usage(LeaseId lease) {
    return new UsageLine(
        lease,
        RELEASE,
        RELEASE,
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
        RELEASE,
        RELEASE,
        0,
        List.of());
  }

  private static SigningKey key(int octet) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    Arrays.fill(seed, (byte) octet);
    return SigningKey.of(seed);
  }
}
