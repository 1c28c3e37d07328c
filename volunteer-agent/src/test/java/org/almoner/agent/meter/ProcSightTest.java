package org.almoner.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcSightTest {
  private static final ProcSight SIGHT = new ProcSight(Trees.named("proc"));

  @TempDir Path directory;

  @Test
  void aProcessIsReadWhateverItsName() {
    assertThat(SIGHT.of(4711))
        .contains(
            new Seen(
                4711,
                987_654,
                1,
                false,
                1_750,
                3_750,
                4096 * 1024,
                5000 * 1024,
                44 * 1024,
                new Seen.Io(true, 4_096, 8_192)));
  }

  @Test
  void oneThatEndedHasItsTimeAndNoMemory() {
    Seen ended = SIGHT.of(4712).orElseThrow();
    assertThat(ended.ended()).isTrue();
    assertThat(ended.parent()).isEqualTo(4711);
    assertThat(ended.cpuMs()).isEqualTo(100);
    assertThat(ended.residentBytes()).isZero();
    assertThat(ended.io()).isEqualTo(Seen.Io.UNKNOWN);
  }

  @Test
  void oneThatIsNotThereIsNotSeen() {
    assertThat(SIGHT.of(4713)).isEmpty();
  }

  @Test
  void aFileCutShortIsAProcessThatEndedMeanwhile() throws Exception {
    Path proc = Trees.copy("proc", directory);
    Path stat = proc.resolve("4711/stat");
    String whole = Files.readString(stat);
    for (int length = 0; length < whole.indexOf("987654"); length++) {
      Files.writeString(stat, whole.substring(0, length));
      assertThat(new ProcSight(proc).of(4711)).isEmpty();
    }
  }

  @Test
  void childrenOfAllThreadsBelongToTheFamily() throws Exception {
    // The process of this test stands in for number 4711, whose files it gets.
    Path proc = Trees.copy("proc", directory);
    long self = ProcessHandle.current().pid();
    Files.move(proc.resolve("4711"), proc.resolve(Long.toString(self)));
    Files.move(proc.resolve(self + "/task/4711"), proc.resolve(self + "/task/" + self));
    assertThat(new Family(proc).of(ProcessHandle.current()))
        .containsExactlyInAnyOrder(4712L, 4714L, 4715L);
  }

  @Test
  void timeSinceTheStartHasMilliseconds() {
    assertThat(new Uptime(Trees.named("proc")).ms()).hasValue(12_345_670);
    assertThat(new Uptime(directory).ms()).isEmpty();
  }

  @Test
  void busyIsWhatIsNeitherIdleNorWaitingForADisk() {
    assertThat(new BusyTime(Trees.named("proc")).ms()).hasValue(15_200);
    assertThat(new BusyTime(directory).ms()).isEmpty();
  }
}
