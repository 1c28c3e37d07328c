package org.almoner.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

class DrawAuditTest extends DrawnLog {
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
            "1 lines accepted alone: draws repeated at exact odds 0, at odds that are not certain 0,"
                + " not yet 1");
  }
}
