package org.almoner.tax.donor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.tax.jurisdiction.DonorKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DonorDirectoryTests {
  private static final DonorId ID = DonorId.parseHex("00112233445566778899aabbccddeeff");
  private static final DonorId OTHER = DonorId.parseHex("ff112233445566778899aabbccddeeff");
  private static final Donor ADA = Donor.named(ID, "Ada Example", List.of("Ulica 1"));

  @TempDir Path temp;
  private Path folder;
  private Path keys;

  @BeforeEach
  void paths() {
    folder = temp.resolve("donors");
    keys = temp.resolve("donors.keys");
  }

  private DonorDirectory open() throws IOException {
    return DonorDirectory.open(folder, new SecureRandom());
  }

  private String stored() throws IOException {
    return Files.readString(folder.resolve("names.sealed"), StandardCharsets.US_ASCII);
  }

  @Test
  void aDonorIsFoundAgainAfterReopening() throws Exception {
    Donor donor =
        new Donor(ID, "Zażółć Gęślą", List.of("Ulica 1", "Łódź"), "PL", DonorKind.BUSINESS, "pl");
    Consent consent = new Consent(LocalDate.of(2026, 1, 2), "documents by name");
    open().put(new DonorRecord(donor, List.of(consent)));

    assertThat(open().record(ID)).contains(new DonorRecord(donor, List.of(consent)));
    open().put(ADA);
    assertThat(open().record(ID)).contains(new DonorRecord(ADA, List.of(consent)));
  }

  @Test
  void noNameStandsInAnyFile() throws Exception {
    open().put(ADA);

    assertThat(stored()).contains(ID.toHex()).doesNotContain("Ada");
    assertThat(Files.readString(keys)).contains(ID.toHex()).doesNotContain("Ada");
    for (Path file : List.of(keys, folder.resolve("names.sealed"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void toEraseIsToDestroyTheKeySoThatNoCopyOpensAnyMore() throws Exception {
    DonorDirectory donors = open();
    donors.put(ADA);
    donors.put(Donor.named(OTHER, "Ben", List.of()));
    donors.benefits().add(ID, new Benefit(LocalDate.of(2026, 5, 1), "a mug", ""));
    byte[] copy = Files.readAllBytes(folder.resolve("names.sealed"));

    assertThat(donors.erase(ID)).isTrue();

    assertThat(donors.erase(ID)).as("again").isFalse();
    assertThat(Files.readString(keys)).doesNotContain(ID.toHex()).contains(OTHER.toHex());
    assertThat(stored()).doesNotContain(ID.toHex());
    Files.write(folder.resolve("names.sealed"), copy);
    DonorDirectory again = open();
    assertThat(again.find(ID)).isEmpty();
    assertThat(again.all()).containsExactly(OTHER);
    assertThat(again.benefits().of(ID)).isEmpty();
    again.put(ADA);
    assertThat(open().find(ID)).contains(ADA);
  }

  @Test
  void aRecordMovedToAnotherDonorDoesNotOpen() throws Exception {
    DonorDirectory donors = open();
    donors.put(ADA);
    donors.put(Donor.named(OTHER, "Ben", List.of()));
    List<String> lines = stored().lines().toList();
    Files.writeString(
        folder.resolve("names.sealed"),
        lines.get(0) + "\n" + OTHER.toHex() + lines.get(0).substring(32) + "\n");

    assertThatThrownBy(() -> open().find(OTHER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the record of " + OTHER + " does not open under its key");
  }

  @Test
  void aFolderOfTheOlderFormIsSealedAndNothingIsLost() throws Exception {
    Files.createDirectories(folder);
    Path old = folder.resolve(ID.toHex() + ".json");
    Files.write(
        old,
        ("{\"address\":[\"Ulica 1\"],\"donor\":\"" + ID.toHex() + "\",\"name\":\"Ada Example\"}")
            .getBytes(StandardCharsets.UTF_8));
    Files.write(
        folder.resolve(OTHER.toHex() + ".json"),
        CanonicalJson.encode(Donor.named(OTHER, "Ben", List.of()).toJson()));

    DonorDirectory donors = open();

    assertThat(donors.find(ID)).contains(ADA);
    assertThat(donors.all()).containsExactly(ID, OTHER);
    assertThat(folder).isDirectoryNotContaining("glob:**.json");
    assertThat(open().find(ID)).contains(ADA);
  }

  @Test
  void aDamagedFileOfTheOlderFormIsNamedAndStays() throws Exception {
    Files.createDirectories(folder);
    Path old = folder.resolve(ID.toHex() + ".json");
    Files.writeString(old, "{\"donor\":1}");

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ID.toHex() + ".json is damaged: field \"donor\": expected a string");
    assertThat(old).exists();
  }

  @Test
  void aLineCutShortByACrashIsNoDonorAndTheNextIs() throws Exception {
    open().put(ADA);
    Files.writeString(folder.resolve("names.sealed"), stored() + OTHER.toHex() + " 00");

    DonorDirectory donors = open();
    donors.put(Donor.named(OTHER, "Ben", List.of()));

    assertThat(open().all()).containsExactly(ID, OTHER);
  }

  @Test
  void aDamagedLineIsNamed() throws Exception {
    open().put(ADA);
    Files.writeString(folder.resolve("names.sealed"), "nonsense\n");
    assertThatThrownBy(this::open).hasMessageContaining("line 1 is no sealed record");
    Files.writeString(keys, "nonsense\n");
    assertThatThrownBy(this::open).hasMessageContaining("line 1 is no key");
  }

  @Test
  void linesThatNoLongerHoldAreDroppedInTime() throws Exception {
    DonorDirectory donors = open();
    for (int i = 0; i < 1_100; i++) {
      donors.putAll(List.of(ADA));
    }
    assertThat(stored().lines()).hasSize(1_100);

    assertThat(open().find(ID)).contains(ADA);

    assertThat(stored().lines()).hasSize(1);
  }

  @Test
  void aBuriedDonorsNameThatARestoredCopyBringsBackIsErasedAgain() throws Exception {
    DonorDirectory donors = open();
    donors.put(ADA);
    donors.bury(ID, "asked", LocalDate.of(2026, 11, 20));
    donors.erase(ID);
    donors.put(ADA);

    DonorDirectory again = open();

    assertThat(again.has(ID)).isFalse();
    assertThat(again.isBuried(ID)).isTrue();
    assertThat(again.all()).isEmpty();
    again.bury(ID, "again", LocalDate.of(2027, 1, 1));
    assertThat(folder.resolve(ID.toHex() + ".erased"))
        .content()
        .contains("asked", "2026-11-20")
        .doesNotContain("Ada");
  }

  @Test
  void accentsAreComposed() {
    assertThat(Donor.named(ID, "Rene\u0301", List.of()).name()).isEqualTo("Ren\u00e9");
  }

  @Test
  void anEmptyOrOverlongNameIsRefused() {
    assertThatThrownBy(() -> Donor.named(ID, "  ", List.of())).hasMessageContaining("this has 0");
    assertThatThrownBy(() -> Donor.named(ID, "x".repeat(121), List.of()))
        .hasMessageContaining("this has 121");
    assertThatThrownBy(() -> Donor.named(ID, "a\u0007b", List.of()))
        .hasMessageContaining("control character");
  }

  /** A hundred thousand are stored in one write, and read again and listed from one file. */
  @Tag("long")
  @Test
  void aHundredThousandDonorsAreStoredListedAndErasedFrom() throws Exception {
    List<Donor> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      byte[] id = new byte[DonorId.SIZE];
      java.nio.ByteBuffer.wrap(id).putInt(i);
      many.add(Donor.named(new DonorId(Bytes.of(id)), "Donor " + i, List.of("Street " + i, "T")));
    }
    open().putAll(many);

    DonorDirectory again = open();
    assertThat(again.all()).hasSize(100_000);
    for (DonorId id : again.all()) {
      assertThat(again.find(id)).isPresent();
    }
    again.erase(many.get(7).id());
    assertThat(open().all()).hasSize(99_999);
  }
}
