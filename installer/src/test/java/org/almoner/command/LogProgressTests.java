package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogProgressTests {
  private final AtomicLong millis = new AtomicLong();
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8));

  @Test
  void theRestIsEstimatedFromWhatWasDone() {
    LogProgress progress = new LogProgress("checked", terminal, clock, 1_000_000);
    millis.set(51_200);
    progress.at(512_000);
    millis.set(52_000);
    progress.at(516_096); // the same tenth: told once where nobody watches
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("51 % of 1,000,000 entries checked, about 49 s left\n");
  }

  @Test
  void aSmallLogIsWorkedOnInSilence() {
    LogProgress progress = new LogProgress("checked", terminal, clock, LogProgress.ENTRIES_MIN - 1);
    for (long index = 0; index < LogProgress.ENTRIES_MIN - 1; index++) {
      progress.at(index);
    }
    assertThat(shown.size()).isZero();
  }
}
