package org.almoner.agent.meter;

/** Resident memory over time: the largest, and the mean between the first and the last look. */
final class MemoryHeld {
  private long peakBytes;
  private double byteNanos;
  private long watchedNanos;
  private long lastNanos;
  private long lastBytes;
  private boolean looked;

  /**
   * What is held at a moment.
   *
   * @param bytes by all processes together
   * @param oneBytes most that a single one ever held, also between two looks
   */
  void look(long nanos, long bytes, long oneBytes) {
    if (looked) {
      watchedNanos += nanos - lastNanos;
      byteNanos += (nanos - lastNanos) * (lastBytes + (double) bytes) / 2;
    }
    looked = true;
    lastNanos = nanos;
    lastBytes = bytes;
    peakBytes = Math.max(peakBytes, Math.max(bytes, oneBytes));
  }

  long nowBytes() {
    return lastBytes;
  }

  long peakBytes() {
    return peakBytes;
  }

  long meanBytes() {
    return watchedNanos == 0 ? lastBytes : Math.min(peakBytes, (long) (byteNanos / watchedNanos));
  }
}
