package org.almoner.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.entry.CheckOdds;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Policy;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Totals;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class DrawRulesTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final Outcome ALONE = Outcome.ACCEPTED_ALONE;
  private static final long DUE = leaf(true);
  private static final long NOT_DUE = leaf(false);

  private final List<Bytes> entries = new ArrayList<>();

  @Test
  void anHonestLogOfLinesThatWereAcceptedAloneHasNoFindings() throws Exception {
    add(policy(14), day(1), hidden(2), day(2));
    long leaf = line(NOT_DUE);
    add(hidden(3), day(3), hidden(16), day(16), settle(leaf, ALONE), opened(2));
    CheckedLog checked = checked();
    assertThat(checked.findings()).isEmpty();
    assertThat(checked.draws()).isEqualTo(new Draws(1, 1, 0));
    assertThat(checked.draws())
        .hasToString(
            "1 lines were accepted alone; 1 of their draws could be repeated, and no check was"
                + " due");
  }

  @Test
  void aHashIsLoggedOnceForEachDay() throws Exception {
    add(day(1), hidden(2), hidden(2));
    assertThat(findings())
        .containsExactly(
            "entry 2: the hash of the check-secret of 2026-11-02 is logged a second time");
  }

  @Test
  void aHashThatIsLoggedWhenItsDayHadBegunIsFoundAndFixesNothing() throws Exception {
    add(policy(0), day(2), hidden(2));
    long leaf = line(NOT_DUE);
    add(day(3), settle(leaf, ALONE), opened(2));
    assertThat(findings())
        .containsExactly(
            "entry 2: the hash of the check-secret of 2026-11-02 is logged when that day had begun",
            "entry "
                + (leaf + 2)
                + ": the usage line at entry "
                + leaf
                + " is accepted alone, but no hash of a check-secret was logged before 2026-11-02");
  }

  @Test
  void aDayWhoseLinesWereAcceptedAloneNeedsAHashAndIsNamedOnce() throws Exception {
    add(policy(0), day(2), usage(1), usage(2), day(3), settle(2, ALONE, ALONE));
    assertThat(findings())
        .containsExactly(
            "entry 5: the usage line at entry 2 is accepted alone, but no hash of a check-secret"
                + " was logged before 2026-11-02");
  }

  @Test
  void aLineBeforeAnyDayCannotBeAcceptedAlone() throws Exception {
    add(usage(1), settle(0, ALONE));
    assertThat(findings())
        .containsExactly(
            "entry 1: the usage line at entry 0 is accepted alone, but no hash of a check-secret"
                + " was logged before its day");
  }

  @Test
  void aSecretOpensTheHashThatWasLoggedBeforeItAndOnlyOnce() throws Exception {
    Bytes other = secret(9);
    add(policy(0), day(1), opened(1), hidden(2), day(3));
    add(CheckSecret.open(LocalDate.of(2026, 11, 2), other).entry(), opened(2), opened(2));
    assertThat(findings())
        .containsExactly(
            "entry 2: the check-secret of 2026-11-01 opens no hash logged before it",
            "entry 5: the check-secret of 2026-11-02 is not the one whose hash is entry 3",
            "entry 7: the check-secret of 2026-11-02 is opened a second time");
  }

  @Test
  void aSecretIsNotOpenedBeforeItsLinesMatured() throws Exception {
    add(policy(14), day(1), hidden(2), day(2), day(14), opened(2));
    assertThat(findings())
        .containsExactly(
            "entry 5: the check-secret of 2026-11-02 is opened before the lines of that day"
                + " matured");
  }

  @Test
  void aSecretIsNotOpenedOnItsOwnDayEvenWhereNothingNeedsToMature() throws Exception {
    add(policy(0), day(1), hidden(2), day(2), opened(2));
    assertThat(findings())
        .containsExactly(
            "entry 4: the check-secret of 2026-11-02 is opened before the lines of that day"
                + " matured");
  }

  @Test
  void aLineWhoseCheckWasDueIsFoundWhenTheSecretOpens() throws Exception {
    add(policy(0), day(1), hidden(2), day(2));
    long leaf = line(DUE);
    add(day(3), settle(leaf, ALONE), opened(2));
    assertThat(checked().draws()).isEqualTo(new Draws(1, 1, 1));
    assertThat(findings())
        .containsExactly(
            "entry "
                + (leaf + 3)
                + ": the usage line at entry "
                + leaf
                + " is accepted alone, but its check was due: one line in 20 is checked at least");
  }

  @Test
  void aLineWhoseCheckWasDueIsFoundWhenItIsSettledAfterwards() throws Exception {
    add(policy(0), day(1), hidden(2), day(2));
    long leaf = line(DUE);
    add(day(3), opened(2), settle(leaf, ALONE));
    assertThat(findings()).singleElement().asString().contains("its check was due");
  }

  @Test
  void anOpenSecretSaysNothingOfTheLinesOfOtherDays() throws Exception {
    add(policy(0), day(1), hidden(2), hidden(3), day(2), day(3));
    long leaf = line(DUE);
    add(day(4), settle(leaf, ALONE), opened(2));
    CheckedLog checked = checked();
    assertThat(checked.findings()).isEmpty();
    assertThat(checked.draws()).isEqualTo(new Draws(1, 0, 0));
  }

  @Test
  void aSecretThatStaysHiddenIsFoundTwoDaysAfterItsLinesMatured() throws Exception {
    add(policy(2), day(1), hidden(2), day(2), day(5), day(6));
    assertThat(findings()).isEmpty();
    add(day(9));
    assertThat(findings())
        .containsExactly(
            "entry 2: the check-secret of 2026-11-02 is not open, though that day's lines matured");
  }

  @Test
  void aShorterMaturityLetsSecretsBeOpenedFromThenOn() throws Exception {
    add(policy(14), day(1), hidden(2), day(2), day(8), policy(1), day(9));
    assertThat(findings()).isEmpty();
    add(day(10));
    assertThat(findings()).hasSize(1);
  }

  @Test
  void aRateIsOfAReleaseLoggedBefore() throws Exception {
    TreeMap<Hash, Long> rates = new TreeMap<>();
    rates.put(Hash.ZERO, 1_000L);
    add(new Rates(2_000, rates).entry());
    assertThat(findings())
        .containsExactly(
            "entry 0: a rate is given for release " + Hash.ZERO + ", not logged before");
  }

  @Test
  void periodsOfTotalsOfOneProjectDoNotOverlap() throws Exception {
    add(totals("Primes", 1, 10), totals("Primes", 11, 20), totals("Proteins", 5, 15));
    assertThat(findings()).isEmpty();
    add(totals("Primes", 20, 21), totals("Primes", 3, 4), totals("Primes", 21, 25));
    assertThat(findings())
        .containsExactly(
            "entry 3: totals of Primes from 2026-11-20 to 2026-11-21 overlap those from 2026-11-11"
                + " to 2026-11-20",
            "entry 4: totals of Primes from 2026-11-03 to 2026-11-04 overlap those from 2026-11-01"
                + " to 2026-11-10");
  }

  @Test
  void totalsBehindFewerThanTenDonorsAreFound() throws Exception {
    byte[] octets = totals("Primes", 1, 10).octets().toArray();
    String body = new String(octets, java.nio.charset.StandardCharsets.UTF_8);
    entries.add(Bytes.utf8(body.replace("\"donors\":12", "\"donors\":9")));
    assertThat(findings())
        .containsExactly(
            "entry 0: entry of kind TOTALS: at least 10 donors stand behind a total, got 9");
  }

  private DrawRulesTest add(Entry... more) {
    Arrays.stream(more).map(Entry::octets).forEach(entries::add);
    return this;
  }

  /** Fills the log up to that leaf and adds a line there. */
  private long line(long leaf) {
    while (entries.size() <= leaf) {
      add(usage(entries.size()));
    }
    return leaf;
  }

  private static long leaf(boolean due) {
    return LongStream.range(10, 1_000)
        .filter(leaf -> CheckSecret.due(secret(2), leaf, CheckOdds.ONE_IN_MOST) == due)
        .findFirst()
        .orElseThrow();
  }

  private CheckedLog checked() throws Exception {
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(SIGNER), log, log);
    Sequencer sequencer = Sequencer.open(ORIGIN, List.of(SIGNER), log, log);
    sequencer.commit(entries, Bytes.of(new byte[0]));
    return LogCheck.run(log, sequencer.checkpoint(), (index, entry) -> {});
  }

  private List<String> findings() throws Exception {
    return checked().findings().stream().map(Finding::toString).toList();
  }

  private static Entry usage(int n) {
    return Commitment.of(Kind.USAGE, ORIGIN, Hash.ZERO, n, Hash.ZERO).entry();
  }

  private static Entry day(int day) {
    return new Day(LocalDate.of(2026, 11, day)).entry();
  }

  private static Entry policy(long maturityDays) {
    return new Policy(maturityDays * 86_400, false, "almoner 0.1.0").entry();
  }

  private static Entry settle(long from, Outcome... outcomes) {
    return new Settlement(from, List.of(outcomes)).entry();
  }

  private static Bytes secret(int number) {
    byte[] octets = new byte[CheckSecret.SECRET_OCTETS];
    Arrays.fill(octets, (byte) number);
    return Bytes.of(octets);
  }

  private static Entry hidden(int day) {
    return CheckSecret.hidden(LocalDate.of(2026, 11, day), secret(day)).entry();
  }

  private static Entry opened(int day) {
    return CheckSecret.open(LocalDate.of(2026, 11, day), secret(day)).entry();
  }

  private static Entry totals(String project, int from, int to) {
    return new Totals(
            project,
            LocalDate.of(2026, 11, from),
            LocalDate.of(2026, 11, to),
            40,
            12,
            new CpuTime(5_000, 0, 700))
        .entry();
  }
}
