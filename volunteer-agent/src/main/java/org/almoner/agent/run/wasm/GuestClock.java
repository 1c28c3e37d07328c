package org.almoner.agent.run.wasm;

import java.io.IOException;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;

/**
 * The guest's time: the same on every machine. It starts at a fixed moment, and each look at it
 * takes a microsecond, so a program that waits by looking sees an end of it.
 */
final class GuestClock {
  /** 2026-01-01T00:00:00Z in nanoseconds since 1970. */
  static final long START_NS = 1_767_225_600_000_000_000L;

  /** What one look takes, and the resolution the guest is told. */
  static final long STEP_NS = 1_000;

  private long elapsedNs;

  /** Nanoseconds since 1970. */
  long realtimeNs() {
    return START_NS + monotonicNs();
  }

  /** Nanoseconds since the start of the guest. */
  long monotonicNs() {
    elapsedNs += STEP_NS;
    return elapsedNs;
  }

  /** Time the guest wants to sleep passes at once. */
  void pass(long ns) {
    elapsedNs += Math.max(0, Math.min(ns, Long.MAX_VALUE / 2 - elapsedNs));
  }

  void save(SnapshotOutput out) throws IOException {
    out.i64(elapsedNs);
  }

  void load(SnapshotInput in) throws IOException, MalformedSnapshot {
    elapsedNs = in.i64(Long.MAX_VALUE);
  }
}
