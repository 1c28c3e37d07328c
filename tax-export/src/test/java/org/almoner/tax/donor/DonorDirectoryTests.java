package org.almoner.tax.donor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DonorDirectoryTests {
  private static final DonorId ID = DonorId.parseHex("00112233445566778899aabbccddeeff");

  @TempDir Path temp;

  @Test
  void aDonorIsFoundAgainAfterReopening() throws Exception {
    Donor donor = Donor.named(ID, "Zażółć Gęślą", List.of("Ulica 1", "Łódź"));
    DonorDirectory.open(temp.resolve("d")).put(donor);
    assertThat(DonorDirectory.open(temp.resolve("d")).find(ID)).contains(donor);
  }

  @Test
  void anErasedNameIsGoneWithWhatACrashLeftBesideIt() throws Exception {
    Path folder = temp.resolve("d");
    DonorDirectory donors = DonorDirectory.open(folder);
    donors.put(Donor.named(ID, "Ada", List.of()));
    Files.writeString(folder.resolve(ID.toHex() + ".json.tmp"), "Ada");
    assertThat(donors.erase(ID)).isTrue();
    assertThat(donors.find(ID)).isEmpty();
    assertThat(folder).isEmptyDirectory();
    assertThat(donors.erase(ID)).as("again").isFalse();
  }

  @Test
  void aBuriedDonorsNameThatARestoredCopyBringsBackIsErasedAgain() throws Exception {
    DonorDirectory donors = DonorDirectory.open(temp);
    Donor ada = Donor.named(ID, "Ada", List.of());
    donors.put(ada);
    assertThat(donors.all()).containsExactly(ID);
    donors.bury(ID, "asked", LocalDate.of(2026, 11, 20));
    donors.erase(ID);
    donors.put(ada);
    DonorDirectory again = DonorDirectory.open(temp);
    assertThat(again.has(ID)).isFalse();
    assertThat(again.isBuried(ID)).isTrue();
    assertThat(again.all()).isEmpty();
    again.bury(ID, "again", LocalDate.of(2027, 1, 1));
    assertThat(temp.resolve(ID.toHex() + ".erased"))
        .content()
        .contains("asked", "2026-11-20")
        .doesNotContain("Ada");
  }

  @Test
  void namesAreReadableByTheOperatorAlone() throws Exception {
    Path folder = temp.resolve("d");
    DonorDirectory.open(folder).put(Donor.named(ID, "Ada", List.of()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(ID.toHex() + ".json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void accentsAreComposed() {
    assertThat(Donor.named(ID, "Rene\u0301", List.of()).name()).isEqualTo("Ren\u00e9");
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    DonorDirectory directory = DonorDirectory.open(temp);
    Files.writeString(temp.resolve(ID.toHex() + ".json"), "{\"donor\":1}");
    assertThatThrownBy(() -> directory.find(ID))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ID.toHex() + ".json is damaged: field \"donor\": expected a string");
  }

  @Test
  void anEmptyOrOverlongNameIsRefused() {
    assertThatThrownBy(() -> Donor.named(ID, "  ", List.of())).hasMessageContaining("this has 0");
    assertThatThrownBy(() -> Donor.named(ID, "x".repeat(121), List.of()))
        .hasMessageContaining("this has 121");
    assertThatThrownBy(() -> Donor.named(ID, "a\u0007b", List.of()))
        .hasMessageContaining("control character");
  }
}
