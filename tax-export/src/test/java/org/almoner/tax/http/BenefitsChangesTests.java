package org.almoner.tax.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Benefit;
import org.almoner.tax.donor.BenefitsBook;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.register.ReceiptRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of what was given, and the documents that it makes wrong. */
class BenefitsChangesTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final LocalDate GIVEN = LocalDate.of(2026, 5, 1);
  private static final LocalDate TODAY = LocalDate.of(2027, 3, 1);
  private static final Benefit MUG = new Benefit(GIVEN, "a mug", "");

  @TempDir Path temp;

  @Test
  void theRegisterHoldsWhatAChangeMakesWrongThoughTheChangeItselfFails() throws Exception {
    Desk desk = new Desk(temp);
    desk.gave(ADA, "Ada Example", 1);
    desk.issuer().issue(2026);
    ReceiptRegister register = desk.register();
    BenefitsBook book = desk.donors.benefits();
    BenefitsChanges changes = new BenefitsChanges(book, register);
    Path list = temp.resolve("donors/benefits.sealed");
    Files.deleteIfExists(list);
    Files.createDirectory(list); // cannot be written

    assertThatThrownBy(() -> changes.add(ADA, MUG, TODAY)).isInstanceOf(IOException.class);
    assertThat(book.of(ADA)).isEmpty();
    assertThat(desk.register().misstates("2026-000001")).contains(GIVEN);

    Files.delete(list);
    assertThat(changes.add(ADA, MUG, TODAY)).containsExactly("2026-000001");
    assertThat(changes.remove(ADA, 2, TODAY)).isEmpty();
    assertThat(changes.at(ADA, 1)).contains(MUG);
    assertThat(changes.remove(ADA, 1, TODAY)).containsExactly("2026-000001");
    assertThat(book.of(ADA)).isEmpty();
  }
}
