package org.almoner.agent.run.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
  @TempDir Path temp;
  private Path scratch;
  private DiskWatch watch;

  @BeforeEach
  void begin() throws Exception {
    scratch = Files.createDirectory(temp.resolve("scratch"));
    Path log = Files.createFile(temp.resolve("log"));
    watch = new DiskWatch(List.of(scratch, log), 4, 1_000);
  }

  @Test
  void whatIsPrintedCountsAsWhatIsWritten() throws Exception {
    Files.write(scratch.resolve("a"), new byte[500]);
    Files.write(temp.resolve("log"), new byte[500]);
    assertThat(watch.broken()).isEmpty();
    Files.write(temp.resolve("log"), new byte[501]);
    assertThat(watch.broken()).contains("it wrote more than the 1000 octets it was allotted");
  }

  @Test
  void aFolderCountsAsAFile() throws Exception {
    Files.createDirectories(scratch.resolve("a"));
    assertThat(watch.broken()).isEmpty();
    Files.createDirectories(scratch.resolve("b/c"));
    assertThat(watch.broken()).contains("it made more than 4 files and folders");
  }

  @Test
  void aLinkIsCountedAndNotFollowed() throws Exception {
    Files.write(temp.resolve("large"), new byte[2_000]);
    Files.createSymbolicLink(scratch.resolve("a"), temp.resolve("large"));
    assertThat(watch.broken()).isEmpty();
  }

  @Test
  void foldersDeeperThanAnyNeedAreSeen() throws Exception {
    DiskWatch many = new DiskWatch(List.of(scratch), 1_000, 1_000);
    Files.createDirectories(scratch.resolve("d/".repeat(DiskWatch.DEPTH_MAX)));
    assertThat(many.broken()).contains("it made folders nested deeper than 64");
  }
}
