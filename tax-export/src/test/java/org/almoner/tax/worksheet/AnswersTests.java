package org.almoner.tax.worksheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTests {
  @ParameterizedTest
  @CsvSource({
    "computers: employer, T9",
    "computers: other, T9",
    "bill: landlord, T9",
    "bill: employer, T9",
    "bill: other, T9",
    "place: business, T9",
    "reimbursed: yes, T9",
    "deducted: yes, T9",
    "solar: yes, T9",
    "reimbursed: waived, T14",
    "reimbursed: if-waived, T15",
  })
  void noWorksheetIsMadeAfterTheseAnswers(String answer, String demand) {
    assertThatThrownBy(() -> Sheets.answers(answer))
        .isInstanceOf(WorksheetRefused.class)
        .hasMessageContaining("(" + demand + ")");
  }

  @Test
  void everyOpenQuestionIsNamedAtOnce() {
    assertThatThrownBy(() -> Answers.parse(List.of("# mine", "", "computers: own", "bill: me")))
        .satisfies(
            e ->
                assertThat(((WorksheetRefused) e).reasons())
                    .hasSize(Question.values().length - 2)
                    .contains(
                        "not answered: reimbursed: does anybody reimburse you, or did anybody"
                            + " promise to? no, yes, waived, if-waived"));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertThatThrownBy(() -> Sheets.answers("bill: maybe"))
        .hasMessageContaining("not understood: \"maybe\" to bill: who pays");
    assertThatThrownBy(() -> Answers.parse(List.of("colour: red")))
        .hasMessageContaining("there is no question \"colour\"");
    assertThatThrownBy(() -> Answers.parse(List.of("own-use: yes", "own-use: no")))
        .hasMessageContaining("own-use is answered twice, yes and no");
  }

  @Test
  void bothAnswersAboutUseWillDo() throws Exception {
    assertThat(Sheets.answers("own-use: yes").ownUse()).isTrue();
    assertThat(Sheets.answers("otherwise: on").otherwiseOn()).isTrue();
  }
}
