package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  private static final LeaseId LEASE =
      new LeaseId(BatchId.parseHex("00".repeat(BatchId.SIZE)), 3, 1);

  @TempDir Path home;
  private Snapshots snapshots;

  @BeforeEach
  void open() throws Exception {
    snapshots = new Snapshots(home.resolve("snapshots"));
  }

  private Path run() throws Exception {
    return new Scratch(home.resolve("scratch"), snapshots).directory(LEASE);
  }

  private String given() throws Exception {
    Path resume = home.resolve("resume");
    Files.deleteIfExists(resume);
    snapshots.give(LEASE, resume);
    return Files.exists(resume) ? Files.readString(resume) : "";
  }

  @Test
  void whatAKilledAgentLeftIsKeptWhenTheNextOneStarts() throws Exception {
    Files.writeString(run().resolve("snapshot"), "portable");
    Path fast = run(); // the next agent
    assertThat(given()).isEqualTo("portable");
    Files.writeString(Files.createDirectory(fast.resolve("out")).resolve("snapshot"), "fast");
    Path next = run();
    assertThat(given()).isEqualTo("fast");
    assertThat(next.getParent()).isDirectoryContaining(next::equals);
  }

  @Test
  void aLeaseThatIsSettledLeavesNothing() throws Exception {
    Path run = run();
    Files.writeString(run.resolve("snapshot"), "x");
    snapshots.take(LEASE, run);
    snapshots.forget(LEASE);
    assertThat(given()).isEmpty();
    assertThat(home.resolve("snapshots")).isEmptyDirectory();
  }

  @Test
  void aLinkIsNoSnapshot() throws Exception {
    Path run = run();
    Files.createSymbolicLink(run.resolve("snapshot"), Files.writeString(home.resolve("key"), "k"));
    assertThat(Snapshots.isIn(run)).isFalse();
    snapshots.take(LEASE, run);
    assertThat(given()).isEmpty();
  }
}
