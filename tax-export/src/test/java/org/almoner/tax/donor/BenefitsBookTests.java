package org.almoner.tax.donor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.jurisdiction.Benefits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenefitsBookTests {
  private static final DonorId ADA = DonorId.parseHex("00112233445566778899aabbccddeeff");
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 12, 31);
  private static final LocalDate TODAY = LocalDate.of(2027, 1, 5);

  @TempDir Path temp;

  private BenefitsBook book() throws Exception {
    return DonorDirectory.open(temp.resolve("d"), new SecureRandom()).benefits();
  }

  /** T4: nothing in return is said only of a period that was confirmed and holds nothing. */
  @Test
  void untilTheWholePeriodIsConfirmedAtMostNothingIsRecorded() throws Exception {
    BenefitsBook book = book();
    assertThat(book.within(ADA, FIRST, LAST)).isInstanceOf(Benefits.Unconfirmed.class);

    book.confirm(LocalDate.of(2026, 12, 30), TODAY);
    assertThat(book.within(ADA, FIRST, LAST)).isInstanceOf(Benefits.Unconfirmed.class);
    book.add(ADA, new Benefit(LocalDate.of(2026, 5, 1), "a mug", ""));
    assertThat(book.within(ADA, FIRST, LAST)).isInstanceOf(Benefits.Unknown.class);
    book.remove(ADA, 1);

    book.confirm(LAST, TODAY);
    book.confirm(LocalDate.of(2026, 6, 30), TODAY);
    assertThat(book().within(ADA, FIRST, LAST)).isInstanceOf(Benefits.NoneRecorded.class);
    assertThat(book().confirmedUntil()).contains(LAST);
  }

  @Test
  void whatWasGivenInThePeriodIsSaid() throws Exception {
    BenefitsBook book = book();
    book.add(ADA, new Benefit(LocalDate.of(2026, 5, 1), "a mug", "12 EUR"));
    book.add(ADA, new Benefit(LocalDate.of(2025, 12, 31), "a shirt", ""));
    book.confirm(LAST, TODAY);

    assertThat(book().within(ADA, FIRST, LAST))
        .isEqualTo(new Benefits.Given(List.of(new Benefits.Item("a mug", "12 EUR"))));
    assertThat(book().of(ADA)).extracting(Benefit::what).containsExactly("a shirt", "a mug");
    assertThat(book().of(ADA).get(1).estimate()).isEqualTo("12 EUR");
  }

  @Test
  void whatWasEnteredByMistakeIsRemovedByItsPlace() throws Exception {
    BenefitsBook book = book();
    book.add(ADA, new Benefit(LocalDate.of(2026, 5, 1), "a mug", ""));

    assertThat(book.remove(ADA, 2)).isEmpty();
    assertThat(book.remove(ADA, 1)).isPresent();
    assertThat(book().of(ADA)).isEmpty();
  }

  @Test
  void anEntryOfAConfirmedDaySaysThatDocumentsMayDenyIt() throws Exception {
    BenefitsBook book = book();
    assertThat(book.late(LAST)).isEmpty();

    book.confirm(LAST, TODAY);

    assertThat(book.late(LAST).orElseThrow())
        .contains("everything until 2026-12-31 was entered", "almoner receipts replace");
    assertThat(book.late(LAST.plusDays(1))).isEmpty();
  }

  @Test
  void theFutureIsNotConfirmedAndADamagedLineIsNamed() throws Exception {
    assertThatThrownBy(() -> book().confirm(TODAY, TODAY))
        .hasMessage("what will be given until 2027-01-05 cannot be known on 2027-01-05");
    book().confirm(TODAY.minusDays(1), TODAY);
    Files.writeString(temp.resolve("d").resolve("benefits.confirmed"), "soon\n");
    assertThatThrownBy(this::book).hasMessageContaining("benefits.confirmed is damaged: line 1");
  }
}
