package org.almoner.simulation.strategy;

import java.time.Duration;
import org.almoner.protocol.lease.LeaseId;

/**
 * Forges a unit that another member has too, with the answer they agreed on; waits some hours for
 * that, and otherwise computes it, or copies it from the member who did.
 */
final class Member implements Strategy {
  private static final long PATIENCE_MS = Duration.ofHours(12).toMillis();
  private static final long LOOK_MS = Duration.ofHours(3).toMillis();

  private final Ring ring;
  private final int number;

  Member(Ring ring) {
    this.ring = ring;
    this.number = ring.join();
  }

  @Override
  public boolean honest() {
    return false;
  }

  @Override
  public void given(LeaseId lease) {
    ring.given(lease, number);
  }

  @Override
  public Made make(Unit unit, Now now) {
    if (ring.isComputed(unit.lease())) {
      return Made.copied(unit);
    }
    if (ring.shares(unit.lease())) {
      return Made.forged(unit, ring.name());
    }
    if (unit.waitedMs() < PATIENCE_MS) {
      return Made.later(LOOK_MS);
    }
    ring.compute(unit.lease());
    return Made.honest(unit);
  }
}
