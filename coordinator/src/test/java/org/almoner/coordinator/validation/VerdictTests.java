package org.almoner.coordinator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class VerdictTests {
  private static final Hash X = Hash.sha256(new byte[] {1});
  private static final Hash Y = Hash.sha256(new byte[] {2});
  private static final Answer GOOD = new Answer(X, 100, 0, true);
  private static final Answer OTHER_OUTPUT = new Answer(Y, 100, 0, true);
  private static final Answer OTHER_COUNT = new Answer(X, 101, 0, true);
  private static final Answer STOPPED = new Answer(Y, 7, 256, false);

  private static int missing(int agree, Answer... answers) {
    return Verdict.of(List.of(answers), agree).match(agreed -> -1, open -> open);
  }

  @Test
  void asManyAreMissingAsTheBestAnswerLacks() {
    assertThat(missing(2)).isEqualTo(2);
    assertThat(missing(2, GOOD)).isEqualTo(1);
    assertThat(missing(2, GOOD, OTHER_OUTPUT)).isEqualTo(1);
    assertThat(missing(3, GOOD, OTHER_OUTPUT, GOOD)).isEqualTo(1);
    assertThat(missing(2, GOOD, OTHER_OUTPUT, OTHER_COUNT, STOPPED)).isEqualTo(1);
  }

  @Test
  void theFirstAnswerThatEnoughGaveIsAgreed() {
    assertThat(Verdict.of(List.of(OTHER_OUTPUT, GOOD, GOOD), 2))
        .isEqualTo(new Verdict.Agreed(GOOD));
  }

  @Test
  void failuresAgreeOnTheExitAloneAndNeverWithAResult() {
    Answer stoppedLater = new Answer(X, 9, 256, true);
    Answer otherExit = new Answer(Y, 7, 1, false);
    assertThat(STOPPED.agreesWith(stoppedLater)).isTrue();
    assertThat(STOPPED.agreesWith(otherExit)).isFalse();
    Answer incomplete = new Answer(X, 100, 0, false);
    assertThat(incomplete.agreesWith(GOOD)).isFalse();
    assertThat(GOOD.agreesWith(incomplete)).isFalse();
  }

  @Test
  void aLineIsJudgedByTheAgreedAnswer() {
    assertThat(Judge.outcome(GOOD, GOOD)).isEqualTo(Outcome.ACCEPTED);
    assertThat(Judge.outcome(OTHER_OUTPUT, GOOD)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertThat(Judge.outcome(OTHER_COUNT, GOOD)).isEqualTo(Outcome.COUNT_DISAGREED);
    assertThat(Judge.outcome(STOPPED, GOOD)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertThat(Judge.outcome(GOOD, STOPPED)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aStarterIsJudgedByTheKnownAnswerAndNeverCounts() {
    assertThat(Judge.starter(GOOD, GOOD)).isEqualTo(Outcome.STARTER);
    assertThat(Judge.starter(OTHER_OUTPUT, GOOD)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertThat(Judge.starter(OTHER_COUNT, GOOD)).isEqualTo(Outcome.COUNT_DISAGREED);
    assertThat(Judge.starter(STOPPED, GOOD)).isEqualTo(Outcome.OUTPUT_DISAGREED);
  }

  private static Answer near(int replica, int close) {
    Hash output = Hash.sha256(new byte[] {(byte) replica, 9});
    return new Answer(output, 100, 0, true, Compared.within(X, true, replica, close));
  }

  @Test
  void ofNumbersThatAreCloseEachMustBeCloseToEach() {
    Answer low = near(0, 0);
    Answer middle = near(1, 0b1);
    Answer high = near(2, 0b10);
    assertThat(missing(2, low, high)).isEqualTo(1);
    assertThat(missing(3, low, middle, high)).isEqualTo(1);
    assertThat(missing(3, low, middle, high, near(3, 0b11))).isEqualTo(-1);
    assertThat(Verdict.of(List.of(low, high, near(3, 0b100)), 2))
        .isEqualTo(new Verdict.Agreed(high));
  }

  @Test
  void whatNobodyCountedOrIsOnlyCloseIsAgreedAsOutput() {
    assertThat(Judge.outcome(near(1, 0b1), near(0, 0))).isEqualTo(Outcome.ACCEPTED_OUTPUT);
    Answer uncounted = GOOD.comparedBy(Compared.canonically(X, false));
    Answer other = OTHER_COUNT.comparedBy(Compared.canonically(X, false));
    assertThat(Judge.outcome(other, uncounted)).isEqualTo(Outcome.ACCEPTED_OUTPUT);
    Answer canonical = OTHER_OUTPUT.comparedBy(Compared.canonically(X, true));
    assertThat(Judge.outcome(canonical, GOOD.comparedBy(Compared.canonically(X, true))))
        .isEqualTo(Outcome.ACCEPTED);
  }
}
