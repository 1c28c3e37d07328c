package org.almoner.command.bench;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/** What the load has seen with its own eyes. For any thread. */
final class Tally {
  private final LongAdder leased = new LongAdder();
  private final LongAdder cycles = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder units = new LongAdder();
  private final Set<UnitId> once = ConcurrentHashMap.newKeySet();
  private final Latencies latencies = new Latencies();
  private volatile boolean counting;

  private record UnitId(BatchId batch, long unit) {}

  /** From now on latencies count, or no longer. */
  void count(boolean on) {
    counting = on;
  }

  void answered(Duration after) {
    if (counting) {
      latencies.add(after);
    }
  }

  void leased(int leases) {
    leased.add(leases);
  }

  void refused() {
    refused.increment();
  }

  /** A cycle is complete; a unit is, with the second of its cycles, for both stubs agree. */
  void proved(LeaseId lease) {
    cycles.increment();
    UnitId unit = new UnitId(lease.batch(), lease.unit());
    if (!once.add(unit)) {
      once.remove(unit);
      units.increment();
    }
  }

  /** Leases that were granted. */
  long leased() {
    return leased.sum();
  }

  /** Lines whose proof was checked. */
  long cycles() {
    return cycles.sum();
  }

  /** Requests that were not granted. */
  long refusals() {
    return refused.sum();
  }

  /** Units of which two lines were proved. */
  long units() {
    return units.sum();
  }

  Latencies latencies() {
    return latencies;
  }
}
