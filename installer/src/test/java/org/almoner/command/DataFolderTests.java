package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may look into a data folder. */
class DataFolderTests {
  private static final String OPEN = "rwxr-xr-x";
  private static final String PRIVATE = "rwx------";

  @TempDir Path temp;

  private static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    return chmod(folder, OPEN);
  }

  private static Path chmod(Path folder, String mode) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  @Test
  void anEmptyFolderThatOthersMayReadIsMadePrivate() throws Exception {
    Path data = folder(temp.resolve("data"));
    DataFolder.open(data).close();
    assertThat(mode(data)).isEqualTo(PRIVATE);
  }

  @Test
  void aDataFolderThatOthersMayReadIsMadePrivateWithAllInIt() throws Exception {
    Path data = temp.resolve("data");
    DataFolder.open(data).close();
    Files.writeString(data.resolve(DataFolder.ORIGIN), "log.example/mode\n");
    chmod(data, OPEN);
    for (String part : new String[] {"store", "keys", "blobs", "outputs", "private"}) {
      folder(data.resolve(part));
    }
    DataFolder.openStopped(data).close();
    assertThat(mode(data)).isEqualTo(PRIVATE);
    for (String part : new String[] {"store", "keys", "blobs", "outputs", "private"}) {
      assertThat(mode(data.resolve(part))).as(part).isEqualTo(PRIVATE);
    }
  }

  @Test
  void aFolderOfOtherThingsThatOthersMayReadIsRefusedAndLeftAlone() throws Exception {
    Path home = folder(temp.resolve("home"));
    Files.writeString(home.resolve("letter.txt"), "mine");
    assertThatThrownBy(() -> DataFolder.open(home))
        .isInstanceOf(Failure.class)
        .hasMessage(
            home
                + " has mode rwxr-xr-x, so that others may read what is in it, and it holds things"
                + " that are no coordinator's; name an empty folder, or run chmod 700 when it is"
                + " for the coordinator alone");
    assertThat(mode(home)).isEqualTo(OPEN);
    assertThat(home.resolve("lock")).doesNotExist();
    chmod(home, PRIVATE);
    DataFolder.open(home).close();
  }
}
