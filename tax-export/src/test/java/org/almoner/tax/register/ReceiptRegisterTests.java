package org.almoner.tax.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptRegisterTests {
  private static final DonorId ADA = DonorId.parseHex("00112233445566778899aabbccddeeff");
  private static final DonorId BEA = DonorId.parseHex("10112233445566778899aabbccddeeff");
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
  private static final LocalDate TO = LocalDate.of(2026, 12, 31);
  private static final LocalDate TODAY = LocalDate.of(2027, 2, 1);

  @TempDir Path temp;
  private ReceiptRegister register;

  @BeforeEach
  void open() throws Exception {
    register = ReceiptRegister.open(temp);
  }

  @Test
  void numbersCountUpAndSurviveReopening() throws Exception {
    assertThat(register.reserve(ADA, FROM, TO, TODAY).number()).isEqualTo("2026-000001");
    assertThat(register.reserve(BEA, FROM, TO, TODAY).number()).isEqualTo("2026-000002");
    open();
    assertThat(register.reserve(ADA, FROM.plusYears(1), TO.plusYears(1), TODAY).number())
        .isEqualTo("2027-000001");
    assertThat(register.all()).hasSize(3);
  }

  @Test
  void oneDonorNeverHasTwoDocumentsOfOnePeriod() throws Exception {
    register.reserve(ADA, FROM, TO, TODAY);
    assertThatThrownBy(() -> register.reserve(ADA, TO, TO.plusDays(5), TODAY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already has a document in this period");
  }

  @Test
  void aStoredFileIsGivenBackOctetForOctetAfterACrash() throws Exception {
    byte[] pdf = {1, 2, 3};
    Registered sealed = register.store(register.reserve(ADA, FROM, TO, TODAY), pdf, new byte[] {9});
    open();
    Registered found = register.overlapping(ADA, FROM, TO).orElseThrow();
    assertThat(found.state()).isEqualTo(Registered.State.SEALED);
    assertThat(found.pdf()).isEqualTo(Hash.sha256(pdf)).isEqualTo(sealed.pdf());
    assertThat(register.pdf(found)).isEqualTo(pdf);
    assertThat(register.evidence(found)).containsExactly(9);
    assertThat(register.issue(found, TODAY).state()).isEqualTo(Registered.State.ISSUED);
  }

  @Test
  void aFileThatIsNoLongerTheSealedOneIsNotGivenOut() throws Exception {
    Registered sealed =
        register.store(register.reserve(ADA, FROM, TO, TODAY), new byte[] {1}, new byte[0]);
    Files.write(temp.resolve("2026-000001.pdf"), new byte[] {2});
    assertThatThrownBy(() -> register.pdf(sealed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2026-000001 is not the one that was sealed");
  }

  @Test
  void anEventCutOffByACrashIsDroppedAndADamagedOneIsNamed() throws Exception {
    register.reserve(ADA, FROM, TO, TODAY);
    Path events = temp.resolve("register.jsonl");
    Files.writeString(events, "{\"number\":\"2026-0000", StandardOpenOption.APPEND);
    open();
    assertThat(register.all()).hasSize(1);
    assertThat(register.reserve(BEA, FROM, TO, TODAY).number()).isEqualTo("2026-000002");
    open();
    assertThat(register.all()).hasSize(2);

    Files.writeString(events, "{\"number\":7}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("register.jsonl line 3 is damaged: field \"number\"");
  }
}
