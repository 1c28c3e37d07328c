package org.almoner.simulation.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A computer's clock, which may be wrong, and go wrong. */
final class OwnClock implements InstantSource {
  private static final long MILLION = 1_000_000;

  private final InstantSource right;
  private final Duration off;
  private final int driftPpm;
  private final Instant from;

  OwnClock(InstantSource right, Duration off, int driftPpm) {
    this.right = right;
    this.off = off;
    this.driftPpm = driftPpm;
    this.from = right.instant();
  }

  @Override
  public Instant instant() {
    long sinceMs = right.millis() - from.toEpochMilli();
    return right.instant().plus(off).plusMillis(sinceMs * driftPpm / MILLION);
  }
}
