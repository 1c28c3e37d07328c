package org.almoner.simulation.truth;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.lease.LeaseId;

/** All that was ever finished, as it really was. */
public final class Truth {
  private final Map<LeaseId, TrueLine> lines = new HashMap<>();

  /** A unit was finished on some computer; the newest telling stands. */
  public void tell(LeaseId lease, TrueLine line) {
    lines.put(lease, line);
  }

  /** What the line of a lease really is. */
  public Optional<TrueLine> of(LeaseId lease) {
    return Optional.ofNullable(lines.get(lease));
  }
}
