package org.almoner.coordinator.http;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the octets of request bodies held at this moment, over all connections. */
final class BodyMemory {
  private final long max;
  private final AtomicLong held = new AtomicLong();

  BodyMemory(long max) {
    this.max = max;
  }

  /** Takes {@code octets} more; false, and takes none, when that would be too many. */
  boolean take(int octets) {
    if (held.addAndGet(octets) > max) {
      held.addAndGet(-octets);
      return false;
    }
    return true;
  }

  void give(int octets) {
    held.addAndGet(-octets);
  }
}
