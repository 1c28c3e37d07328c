package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a copy may be made, and what is left out of it. */
class BackupFolderTests {
  @TempDir Path temp;

  private Path folder(String mode) throws Exception {
    Path folder = Files.createDirectory(temp.resolve("copy"));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aFolderIntoWhichOthersMayWriteIsRefused() throws Exception {
    Path open = folder("rwxrwxrwx");
    assertThatThrownBy(() -> BackupFolder.requireEmpty(open))
        .hasMessageContaining("is there already and is not for this account alone");
  }

  @Test
  void anEmptyFolderOfThisAccountAloneIsTaken() throws Exception {
    Path own = folder("rwx------");
    assertThatCode(() -> BackupFolder.requireEmpty(own)).doesNotThrowAnyException();
    Files.createFile(own.resolve("something"));
    assertThatThrownBy(() -> BackupFolder.requireEmpty(own)).hasMessageContaining("is not empty");
  }

  @Test
  void settingsWithASecretAreKnownFromOthers() throws Exception {
    Path settings = Files.createFile(temp.resolve(SettingFiles.STANDARD));
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(settings, "listen: 127.0.0.1:7421\n");
    assertThat(SettingFiles.holdsSecret(settings)).isFalse();
    Files.writeString(settings, "tls:\n  password: open sesame\n");
    assertThat(SettingFiles.holdsSecret(settings)).isTrue();
    Files.writeString(settings, "tls: [\n");
    assertThat(SettingFiles.holdsSecret(settings)).as("who knows").isTrue();
  }
}
