package org.almoner.command.bench;

import java.util.concurrent.atomic.LongAdder;

/** How requests were turned away before they were answered well. For any thread. */
final class Turned {
  private final LongAdder tooMany = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder otherFaults = new LongAdder();
  private final LongAdder brokenOff = new LongAdder();

  /** A status that says to come back, or that something is wrong there. */
  void status(int status) {
    switch (status) {
      case 429 -> tooMany.increment();
      case 503 -> busy.increment();
      default -> otherFaults.increment();
    }
  }

  /** The connection was refused or ended without an answer. */
  void brokeOff() {
    brokenOff.increment();
  }

  /** Begins to count anew, while nobody is turned away. */
  void forget() {
    tooMany.reset();
    busy.reset();
    otherFaults.reset();
    brokenOff.reset();
  }

  long tooMany() {
    return tooMany.sum();
  }

  long busy() {
    return busy.sum();
  }

  long otherFaults() {
    return otherFaults.sum();
  }

  long brokenOff() {
    return brokenOff.sum();
  }
}
