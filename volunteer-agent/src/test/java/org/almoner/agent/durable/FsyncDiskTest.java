package org.almoner.agent.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsyncDiskTest {
  @TempDir Path home;
  private final Disk disk = new FsyncDisk();

  @Test
  void whatIsWrittenIsReadAndReplaced() throws Exception {
    Path file = home.resolve("a");
    assertThat(disk.read(file, 10)).isEmpty();
    disk.write(file, Bytes.utf8("one"));
    disk.write(file, Bytes.utf8("two!"));
    assertThat(disk.read(file, 4)).contains(Bytes.utf8("two!"));
    assertThatThrownBy(() -> disk.read(file, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 3 octets");
    disk.delete(file);
    disk.delete(file);
    assertThat(disk.read(file, 10)).isEmpty();
  }

  @Test
  void aHalfWrittenFileIsNeverListedAndIsWrittenOver() throws Exception {
    Files.writeString(home.resolve("a" + Disk.UNFINISHED), "torn");
    Files.createDirectory(home.resolve("directory"));
    assertThat(disk.list(home)).isEmpty();
    disk.writeSecret(home.resolve("a"), Bytes.utf8("whole"));
    assertThat(disk.list(home)).containsExactly(home.resolve("a"));
    assertThat(disk.list(home.resolve("nowhere"))).isEmpty();
  }

  @Test
  void anAdoptedFileReplacesWhatWasThere() throws Exception {
    disk.makeDirectory(home.resolve("x/y"));
    Path source = Files.writeString(home.resolve("source"), "new");
    Path target = home.resolve("x/y/target");
    disk.write(target, Bytes.utf8("old"));
    disk.adopt(source, target);
    assertThat(source).doesNotExist();
    assertThat(target).hasContent("new");
  }

  @Test
  void oneHolderAtATime() throws Exception {
    Path file = home.resolve("lock");
    HomeLock held = HomeLock.take(file).orElseThrow();
    assertThat(HomeLock.take(file)).isEmpty();
    held.close();
    HomeLock.take(file).orElseThrow().close();
  }
}
