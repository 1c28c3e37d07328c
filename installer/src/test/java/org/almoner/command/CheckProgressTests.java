package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

class CheckProgressTests {
  private static final Bytes ENTRY = Bytes.of(new byte[0]);

  private final AtomicLong millis = new AtomicLong();
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8));

  @Test
  void theRestIsEstimatedFromWhatWasDone() {
    CheckProgress progress = new CheckProgress(terminal, clock, 1_000_000);
    millis.set(51_200);
    progress.entry(512_000, ENTRY);
    millis.set(52_000);
    progress.entry(516_096, ENTRY); // the same tenth: told once where nobody watches
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("51 % of 1,000,000 entries checked, about 49 s left\n");
  }

  @Test
  void aSmallLogIsCheckedInSilence() {
    CheckProgress progress = new CheckProgress(terminal, clock, CheckProgress.ENTRIES_MIN - 1);
    for (long index = 0; index < CheckProgress.ENTRIES_MIN - 1; index++) {
      progress.entry(index, ENTRY);
    }
    assertThat(shown.size()).isZero();
  }
}
