package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.ReceiptRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benefit that is entered after the document of its period was issued. */
class MisstatedTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final LocalDate GIVEN = LocalDate.of(2026, 5, 1);
  private static final LocalDate ENTERED = LocalDate.of(2027, 3, 1);

  @TempDir Path temp;

  @Test
  void theDocumentIsNamedUntilAnotherStandsInItsPlace() throws Exception {
    Desk desk = new Desk(temp);
    desk.gave(ADA, "Ada Example", 1);
    desk.issuer().issue(2026);
    ReceiptRegister register = desk.register();
    assertThat(register.misstate(ADA, GIVEN, ENTERED)).containsExactly("2026-000001");
    assertThat(desk.register().misstates("2026-000001")).contains(GIVEN);

    desk.issuer().replace("2026-000001");
    assertThat(desk.register().misstates("2026-000001")).isEmpty();
    assertThat(desk.register().misstates("2026-000002")).isEmpty();
  }

  @Test
  void anotherYearsAndAnotherDonorsAreNot() throws Exception {
    Desk desk = new Desk(temp);
    desk.gave(ADA, "Ada Example", 1);
    desk.issuer().issue(2026);
    assertThat(desk.register().misstate(ADA, GIVEN.plusYears(1), ENTERED)).isEmpty();
    assertThat(desk.register().misstate(SmallLog.donor(2), GIVEN, ENTERED)).isEmpty();
    assertThat(desk.register().misstates("2026-000001")).isEmpty();
  }
}
