package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.run.snapshot.SnapshotOutput;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two ways in which an agent and its units write what must not be lost, on a disk that is
 * really full. That every step of the agent is made again then is shown on a disk that only says
 * so.
 */
class AgentOnAFullDiskTest {
  private static final String FULL = "No space left on device";
  private static final int ROOM_OCTETS = 1 << 20;

  @TempDir Path temp;

  /** Takes all the room there is but for less than a page. */
  private static Path fill(Path folder) throws IOException {
    Path ballast = folder.resolve("ballast");
    try (var out = Files.newOutputStream(ballast)) {
      byte[] page = new byte[4_096];
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(FULL);
    }
    return ballast;
  }

  @Test
  void whatIsKeptStaysWholeAndIsReplacedWhenThereIsRoom() throws Exception {
    Disk disk = new FsyncDisk();
    try (SmallDisk small = SmallDisk.mount(temp.resolve("disk"), "size=" + ROOM_OCTETS)) {
      Path kept = small.folder().resolve("chain.json");
      Bytes before = Bytes.of(new byte[100_000]);
      Bytes after = Bytes.utf8("after ".repeat(20_000));
      disk.write(kept, before);
      Path ballast = fill(small.folder());

      assertThatThrownBy(() -> disk.write(kept, after))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(FULL);
      assertThat(kept).hasBinaryContent(before.toArray());
      assertThatThrownBy(() -> disk.write(small.folder().resolve("new"), after))
          .hasMessageContaining(FULL);
      assertThat(small.folder().resolve("new")).doesNotExist();

      Files.delete(ballast);
      disk.write(kept, after);
      assertThat(kept).hasBinaryContent(after.toArray());
    }
  }

  @Test
  void theLastSnapshotStaysAndWhatIsUnfinishedGoes() throws Exception {
    try (SmallDisk small = SmallDisk.mount(temp.resolve("disk"), "size=" + ROOM_OCTETS)) {
      Path snapshot = small.folder().resolve("snapshot");
      byte[] before = snapshot(snapshot, 100_000);
      Path ballast = fill(small.folder());

      assertThatThrownBy(() -> snapshot(snapshot, 200_000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(FULL);
      assertThat(snapshot).hasBinaryContent(before);
      try (var files = Files.list(small.folder())) {
        assertThat(files.toList()).hasSameElementsAs(List.of(snapshot, ballast));
      }

      Files.delete(ballast);
      assertThat(snapshot(snapshot, 200_000)).hasSize(200_032);
    }
  }

  private static byte[] snapshot(Path file, int octets) throws IOException {
    try (SnapshotOutput out = new SnapshotOutput(file)) {
      out.octets(new byte[octets]);
      out.finish();
    }
    return Files.readAllBytes(file);
  }
}
