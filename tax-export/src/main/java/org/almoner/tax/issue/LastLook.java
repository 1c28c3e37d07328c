package org.almoner.tax.issue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The log as it was read last, for what is only looked at; for any thread. */
final class LastLook {
  /** So long a preview may show the log as it was read for another. */
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMinutes(10);

  private final StatementLog log;
  private final InstantSource clock;
  private final List<Drawing> last = new ArrayList<>();
  private Instant at = Instant.EPOCH;

  LastLook(StatementLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  synchronized Drawing drawing() throws IOException, DrawingFailed {
    Instant now = clock.instant();
    if (last.isEmpty() || now.isAfter(at.plus(LOOK_AGAIN_AFTER))) {
      last.clear(); // two of them need not be in memory
      last.add(Drawing.read(log));
      at = now;
    }
    return last.get(0);
  }
}
