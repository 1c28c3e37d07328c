package org.almoner.tax.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
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
    assertThat(issue(found).state()).isEqualTo(Registered.State.ISSUED);
  }

  @Test
  void aFileThatIsNoLongerTheSealedOneIsNotGivenOut() throws Exception {
    Registered sealed =
        register.store(register.reserve(ADA, FROM, TO, TODAY), new byte[] {1}, new byte[0]);
    Files.write(file("2026-000001.pdf"), new byte[] {2});
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

  @Test
  void anErasedDonorsFilesAreKeptWithoutEvidenceOrDestroyedAndNumbersStay() throws Exception {
    Registered issued = issued(ADA, FROM, TO);
    Registered others = issued(BEA, FROM, TO);
    Registered sealed =
        register.store(
            register.reserve(ADA, FROM.plusYears(1), TO.plusYears(1), TODAY),
            new byte[] {4},
            new byte[] {5});
    register.reserve(ADA, FROM.plusYears(2), TO.plusYears(2), TODAY);
    assertThat(register.erase(ADA, true, TODAY))
        .extracting(Registered::number, Registered::state)
        .containsExactly(
            tuple("2026-000001", Registered.State.KEPT),
            tuple("2027-000001", Registered.State.ERASED),
            tuple("2028-000001", Registered.State.ERASED));
    assertThat(register.pdf(register.find("2026-000001").orElseThrow())).containsExactly(1, 2);
    assertThat(files()).doesNotContain("2026-000001.evidence.zip", "2027-000001.pdf");
    assertThat(register.evidence(others)).containsExactly(9);

    open();
    assertThat(register.erase(ADA, true, TODAY)).as("again").hasSize(3);
    assertThat(register.erase(ADA, false, TODAY))
        .extracting(Registered::state)
        .containsOnly(Registered.State.ERASED);
    assertThat(files())
        .containsExactly("2026-000002.evidence.zip", "2026-000002.pdf", "register.jsonl");
    assertThat(register.erase(ADA, true, TODAY))
        .as("nothing comes back")
        .noneMatch(Registered::shown);
    assertThat(register.reserve(BEA, FROM.plusYears(1), TO.plusYears(1), TODAY).number())
        .as("a number is given once")
        .isEqualTo("2027-000002");
    assertThat(issued.pdf()).isEqualTo(register.find("2026-000001").orElseThrow().pdf());
    assertThat(sealed.number()).isEqualTo("2027-000001");
  }

  @Test
  void nobodyWritesWhatAnErasureHasTakenAway() throws Exception {
    Registered reserved = register.reserve(ADA, FROM, TO, TODAY);
    Registered sealed =
        register.store(
            register.reserve(ADA, FROM.plusYears(1), TO.plusYears(1), TODAY),
            new byte[] {4},
            new byte[] {5});
    Registered issued = issued(ADA, FROM.plusYears(2), TO.plusYears(2));
    register.erase(ADA, false, TODAY);
    assertThatThrownBy(() -> register.store(reserved, new byte[] {1}, new byte[] {9}))
        .hasMessage("2026-000001 was changed meanwhile: it is erased; nothing is done to it");
    assertThatThrownBy(() -> issue(sealed)).hasMessageContaining("2027-000001 was changed");
    assertThatThrownBy(() -> register.replace(issued, "2028-000002", 7))
        .hasMessageContaining("2028-000001 was changed");
    assertThatThrownBy(() -> register.cancel(reserved, "unused", Registered.NO_ENTRY))
        .hasMessageContaining("2026-000001 was changed");
    assertThat(files()).containsExactly("register.jsonl");
    assertThat(register.all()).extracting(Registered::state).containsOnly(Registered.State.ERASED);
  }

  @Test
  void anErasureWhileFilesAreWrittenHasTheLastWord() throws Exception {
    AtomicReference<ReceiptRegister> opened = new AtomicReference<>();
    Disk erasing =
        new Disk() {
          @Override
          public void write(FileChannel file, ByteBuffer rest, long at) throws IOException {
            Disk.REAL.write(file, rest, at);
          }

          @Override
          public void sync(FileChannel file) throws IOException {
            Disk.REAL.sync(file);
          }

          @Override
          public void files(Map<Path, Bytes> files) throws IOException {
            opened.get().erase(ADA, false, TODAY);
            Disk.REAL.files(files);
          }
        };
    opened.set(ReceiptRegister.open(temp, erasing));
    Registered reserved = opened.get().reserve(ADA, FROM, TO, TODAY);
    assertThatThrownBy(() -> opened.get().store(reserved, new byte[] {1}, new byte[] {9}))
        .hasMessageContaining("it is erased");
    assertThat(files()).containsExactly("register.jsonl");
    open();
    assertThat(register.all()).extracting(Registered::state).containsOnly(Registered.State.ERASED);
  }

  @Test
  void filesThatARestoredCopyBringsBackAreDestroyedAgain() throws Exception {
    issued(ADA, FROM, TO);
    register.erase(ADA, true, TODAY);
    Files.write(file("2026-000001.evidence.zip"), new byte[] {9});
    open();
    assertThat(files()).containsExactly("2026-000001.pdf", "register.jsonl");
    register.erase(ADA, false, TODAY);
    Files.write(file("2026-000001.pdf"), new byte[] {1, 2});
    open();
    assertThat(files()).containsExactly("register.jsonl");
  }

  @Test
  void aFileThatTheLawOfItsPlaceWantsKeptOutlivesItsDonorUntilThen() throws Exception {
    LocalDate until = TODAY.plusYears(2);
    Registered reserved =
        register
            .reserve(
                List.of(
                    new ReceiptRegister.Request(
                        ADA, FROM, TO, "US-2026-", "us 1 ab", until, "", true)),
                TODAY)
            .get(0);
    assertThat(reserved.number()).isEqualTo("US-2026-000001");
    issue(register.store(reserved, new byte[] {1, 2}, new byte[] {9}));
    assertThat(register.erase(ADA, false, TODAY))
        .extracting(Registered::state)
        .containsExactly(Registered.State.KEPT);
    assertThat(register.expire(until)).isEmpty();
    open();
    assertThat(register.expire(until.plusDays(1))).containsExactly("US-2026-000001");
    assertThat(files()).containsExactly("register.jsonl");
  }

  @Test
  void aFileThatOnlyTheOperatorKeepsIsDestroyedWhenTheGenericProfilesYearsAreOver()
      throws Exception {
    issued(ADA, FROM, TO);
    issued(BEA, FROM, TO);
    register.erase(ADA, true, TODAY);
    LocalDate last = org.almoner.tax.jurisdiction.Profile.generic().retention().keptUntil(TODAY);
    open();
    assertThat(register.expire(last)).isEmpty();
    assertThat(register.expire(last.plusDays(1))).containsExactly("2026-000001");
    assertThat(files())
        .containsExactly("2026-000002.evidence.zip", "2026-000002.pdf", "register.jsonl");
  }

  @Test
  void whatWaitsForASecondOperatorSurvivesReopeningAndEndsWithTheDocument() throws Exception {
    Registered document = issued(ADA, FROM, TO);
    Wish wish =
        new Wish(
            document.number(),
            Wish.Act.CANCEL,
            "moved",
            "grace",
            TODAY.atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
    register.ask(wish);
    open();
    assertThat(register.wishes()).containsExactly(wish);
    register.confirm(wish, "ada", TODAY);
    register.cancel(register.find(document.number()).orElseThrow(), "moved", Registered.NO_ENTRY);
    open();
    assertThat(register.wishes()).isEmpty();
  }

  @Test
  void filesOfAnOlderRegisterAreMovedToTheirFolders() throws Exception {
    Registered document = issued(ADA, FROM, TO);
    Files.move(file("2026-000001.pdf"), temp.resolve("2026-000001.pdf"));
    Files.move(file("2026-000001.evidence.zip"), temp.resolve("2026-000001.evidence.zip"));
    open();
    assertThat(register.pdf(document)).containsExactly(1, 2);
    assertThat(register.evidence(document)).containsExactly(9);
    assertThat(temp.resolve("2026-000001.pdf")).doesNotExist();
  }

  private Registered issued(DonorId donor, LocalDate from, LocalDate to) throws Exception {
    Registered reserved = register.reserve(donor, from, to, TODAY);
    return issue(register.store(reserved, new byte[] {1, 2}, new byte[] {9}));
  }

  private Registered issue(Registered sealed) throws Exception {
    LogPlace place = new LogPlace(7, Hash.sha256(new byte[] {7}));
    return register.issue(List.of(new ReceiptRegister.Receipted(sealed, place)), TODAY).get(0);
  }

  private Path file(String name) throws Exception {
    String number = name.substring(0, "2026-000001".length());
    String part = Hash.sha256(number.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toHex();
    return temp.resolve("files").resolve(part.substring(0, 2)).resolve(name);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
