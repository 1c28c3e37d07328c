package org.almoner.coordinator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTests {
  @TempDir Path folder;

  private Keys open() throws IOException {
    return Keys.openOrCreate(folder.resolve("keys"), new SecureRandom());
  }

  private Path file() {
    return folder.resolve("keys").resolve(Keys.LOG_FILE);
  }

  @Test
  void keysAreDrawnOnceAndReadAgain() throws IOException {
    Keys first = open();
    Keys second = open();
    assertThat(second.log().get(0).publicKey()).isEqualTo(first.log().get(0).publicKey());
    assertThat(second.coordinator().publicKey()).isEqualTo(first.coordinator().publicKey());
    assertThat(first.log().get(0).publicKey()).isNotEqualTo(first.coordinator().publicKey());
    try (var files = Files.list(folder.resolve("keys"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void onlyTheirOwnerMayReadThem() throws IOException {
    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    open();
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
      assertThatThrownBy(this::open).hasMessageContaining(mode).hasMessageContaining("chmod 600");
    }
  }

  @Test
  void aFileThatHoldsNoSeedIsRefusedAndLeftAlone() throws IOException {
    open();
    for (String content : new String[] {"", "12", "zz".repeat(32), "00".repeat(200)}) {
      Files.writeString(file(), content);
      assertThatThrownBy(this::open).hasMessageContaining("is no seed");
      assertThat(Files.readString(file())).isEqualTo(content);
    }
  }
}
