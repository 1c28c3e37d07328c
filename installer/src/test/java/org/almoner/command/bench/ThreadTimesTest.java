package org.almoner.command.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadTimesTest {
  @ParameterizedTest
  @CsvSource({
    "almoner-http(3),almoner-http",
    "GC Thread#1,GC Thread",
    "C2 CompilerThre,C2 CompilerThre",
    "G1 Conc#0,G1 Conc",
    "sys-stripe-1-#2,sys-stripe",
    "Thread-12,Thread",
    "almoner-writer,almoner-writer",
    "7,7"
  })
  void threadsThatDifferInTheirNumberAreOneFamily(String name, String family) {
    assertThat(ThreadTimes.family(name)).isEqualTo(family);
  }

  @Test
  void theShareOfAJobIsWhatWasUsedInBetween() {
    ThreadTimes before = new ThreadTimes(new TreeMap<>(Map.of("writer", 5L)));
    ThreadTimes after = new ThreadTimes(new TreeMap<>(Map.of("writer", 25L, "http", 10L)));
    assertThat(after.perJob(before, 100)).isEqualTo(Map.of("writer", 2.0, "http", 1.0));
  }

  @Test
  void aProcessTellsWhatItsThreadsHaveUsed() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "Linux alone tells");
    assertThat(ThreadTimes.of(ProcessHandle.current()).ticks()).isNotEmpty();
  }
}
