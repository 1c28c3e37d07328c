package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.trials.world.AlmonerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many agents that come back in one moment after the coordinator was killed. */
@Timeout(300)
class OutageTest {
  private static final int END_SECONDS_MAX = 280;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void threeHundredAgentsAreServedAndNothingAcknowledgedIsLost() throws Exception {
    Path output = folder.resolve("bench.log");
    List<String> verb =
        List.of(
            "bench",
            "outage",
            "--agents=300",
            "--folder=" + folder,
            "-o",
            "json",
            "--coordinator-jvm=-Xmx384m");
    try (AlmonerProcess bench = AlmonerProcess.run(output, "256m", verb)) {
      assertThat(bench.awaitEnd(END_SECONDS_MAX)).as(bench.tail()).isZero();
    }
    assertThat(Files.readString(output))
        .contains("\"agents\": 300")
        .contains("\"status_5xx_other\": 0")
        .contains("\"lines\": 300");
  }
}
