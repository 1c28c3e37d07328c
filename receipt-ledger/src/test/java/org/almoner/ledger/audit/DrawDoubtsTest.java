package org.almoner.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Test;

/** What is not certain is neither held against a coordinator nor called exact. */
class DrawDoubtsTest extends DrawnLog {
  private static final SigningKey CHIDI = key(3);
  private static final SigningKey DAAN = key(4);
  private static final BatchId STARTERS = BatchId.parseHex("00112233445566bb");

  private void assertNothingFoundAndNothingExact(long leaf) {
    assertThat(findings()).noneMatch(sentence -> sentence.startsWith("entry " + leaf + ": "));
    assertThat(audited.odds().exact()).isZero();
  }

  private void assertBelow(long leaf, int row, int needed) {
    assertThat(findings())
        .anyMatch(
            sentence ->
                sentence.startsWith("entry " + leaf + ": ")
                    && sentence.contains("only " + row + " in a row")
                    && sentence.endsWith("fewer than " + needed));
  }

  @Test
  void aFailureOnWhichOthersDisagreeEndsNoRecord() {
    begin();
    agreed(12);
    line(BOHDAN, unit, Outcome.ACCEPTED);
    line(CHIDI, unit, Outcome.ACCEPTED);
    line(ADA, BATCH, unit++, Outcome.OUTPUT_DISAGREED, 1);
    long leaf = alone();
    secretFor(leaf, 0, 12);
    assertThat(findings()).isEmpty();
    assertThat(audited.odds()).isEqualTo(new Odds(1, 1, 0, 0));
  }

  @Test
  void whereThreeMayHaveHadToAgreeNobodyIsOutvotedForCertainBeforeTheThird() {
    begin();
    agreed(12);
    int wrong = unit++;
    line(BOHDAN, wrong, Outcome.ACCEPTED);
    line(ADA, wrong, Outcome.OUTPUT_DISAGREED);
    line(CHIDI, wrong, Outcome.ACCEPTED);
    long between = alone();
    line(DAAN, wrong, Outcome.ACCEPTED);
    secretFor(between, 0, 12);
    assertNothingFoundAndNothingExact(between);
    assertBelow(alone(), 1, 100); // the line between may have been run again
  }

  @Test
  void aLineThatIsNotOpenedMayHaveBeenTheOneThatOutvoted() {
    begin();
    agreed(12);
    int wrong = unit++;
    line(BOHDAN, wrong, Outcome.ACCEPTED);
    line(ADA, wrong, Outcome.OUTPUT_DISAGREED);
    line(CHIDI, wrong, Outcome.ACCEPTED);
    long between = alone();
    hide(line(DAAN, wrong, Outcome.ACCEPTED));
    secretFor(between, 0, 12);
    assertNothingFoundAndNothingExact(between);
  }

  @Test
  void aLineThatWasDistrustedMayHaveBeenWrong() {
    begin();
    agreed(12);
    int twice = unit++;
    line(CHIDI, twice, Outcome.DISTRUSTED);
    line(BOHDAN, twice, Outcome.ACCEPTED);
    line(ADA, twice, Outcome.OUTPUT_DISAGREED);
    long between = alone();
    line(DAAN, twice, Outcome.ACCEPTED);
    secretFor(between, 0, 12);
    assertNothingFoundAndNothingExact(between);
  }

  @Test
  void aResultMayHaveBeenAgreedWithALineThatIsNotOpened() {
    begin();
    agreed(9);
    hide(line(CHIDI, unit, Outcome.ACCEPTED));
    line(ADA, unit, Outcome.ACCEPTED);
    long between = alone();
    line(BOHDAN, unit - 1, Outcome.ACCEPTED);
    secretFor(between, 0, 10);
    assertNothingFoundAndNothingExact(between);
  }

  @Test
  void resultsThatMayHaveBeenAgreedAfterSheWasOutvotedStayInTheRecord() {
    begin();
    for (int i = 0; i < 100; i++) {
      line(ADA, unit++, Outcome.ACCEPTED);
    }
    hide(log(sign(DAAN, BATCH, unit++, 0), Outcome.ACCEPTED)); // and the other 99 partners
    int wrong = unit++;
    line(BOHDAN, wrong, Outcome.ACCEPTED);
    line(CHIDI, wrong, Outcome.ACCEPTED);
    line(ADA, wrong, Outcome.OUTPUT_DISAGREED);
    long leaf = alone();
    secretFor(leaf, 0, 20);
    assertNothingFoundAndNothingExact(leaf);
  }

  @Test
  void aMissingReportMayHaveComeBeforeOneThatWasLate() {
    begin();
    agreed(9);
    hide(line(ADA, unit, Outcome.ACCEPTED));
    line(BOHDAN, unit++, Outcome.ACCEPTED);
    Envelope late = sign(ADA, BATCH, unit++, 0);
    long early = alone();
    log(late, Outcome.FAILED);
    secretFor(early, 0, 20);
    assertNothingFoundAndNothingExact(early);
  }

  @Test
  void aWrongAnswerToAStarterUnitEndsTheRecord() {
    begin();
    line(BOHDAN, STARTERS, unit++, Outcome.STARTER, 0);
    agreed(12);
    line(ADA, STARTERS, unit++, Outcome.OUTPUT_DISAGREED, 0);
    long leaf = alone();
    secretFor(leaf, 0, 12);
    assertBelow(leaf, 0, 100);
  }

  @Test
  void aWrongAnswerToAUnitThatMayBeAStarterMakesTheOddsUncertain() {
    begin();
    agreed(12);
    line(ADA, STARTERS, unit++, Outcome.OUTPUT_DISAGREED, 0);
    long leaf = alone();
    secretFor(leaf, 0, 12);
    assertNothingFoundAndNothingExact(leaf);
  }

  @Test
  void aLineThatOthersRefutedAfterItsSettlementEndsTheRecord() {
    begin();
    agreed(10);
    int wrong = unit;
    long refuted = alone();
    settle();
    line(BOHDAN, wrong, Outcome.ACCEPTED);
    line(CHIDI, wrong, Outcome.ACCEPTED);
    disprove(refuted);
    agreed(10);
    assertBelow(alone(), 10, 100);
  }

  @Test
  void aLineThatWasRefutedByLinesThatAreNotOpenedMakesTheOddsUncertain() {
    begin();
    agreed(12);
    long refuted = alone();
    settle();
    disprove(refuted);
    long leaf = alone();
    secretFor(leaf, 0, 12);
    assertThat(findings()).noneMatch(sentence -> sentence.startsWith("entry " + leaf + ": "));
    assertThat(audited.odds().exact()).as("that of the refuted line").isEqualTo(1);
  }

  @Test
  void aLineWhoseOutcomeIsOpenMayBeInTheRecord() {
    begin();
    agreed(9);
    line(ADA, unit, Outcome.NONE);
    line(BOHDAN, unit++, Outcome.NONE);
    long leaf = alone();
    secretFor(leaf, 0, 10);
    assertNothingFoundAndNothingExact(leaf);
  }

  @Test
  void whatTheOperatorRuledUponMayHaveBeenOutvoted() {
    begin();
    agreed(12);
    line(ADA, unit++, Outcome.ACCEPTED_RULED);
    long leaf = alone();
    secretFor(leaf, 0, 12);
    assertNothingFoundAndNothingExact(leaf);
  }

  @Test
  void theOrderOfOpeningsChangesNothing() {
    begin();
    agreed(12);
    secretFor(alone(), 12, 20);
    List<String> found = findings();
    List<UsageOpening> turned = new ArrayList<>(openings);
    Collections.reverse(turned);
    openings.clear();
    openings.addAll(turned);
    assertThat(findings()).isEqualTo(found).hasSize(1);
  }
}
