package org.almoner.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.contact.Backoff;
import org.almoner.protocol.lease.LeaseId;

/** When units that could not be run for this computer's fault are tried again. */
final class Retries {
  private final InstantSource clock;
  private final Backoff backoff;
  private final Map<LeaseId, Retry> retries = new HashMap<>();

  private record Retry(int failures, Instant notBefore) {}

  Retries(InstantSource clock, Backoff backoff) {
    this.clock = clock;
    this.backoff = backoff;
  }

  /** Whether the unit may be tried now. */
  synchronized boolean ready(LeaseId lease) {
    Retry retry = retries.get(lease);
    return retry == null || !clock.instant().isBefore(retry.notBefore());
  }

  /** How long until a unit is due to be tried again. */
  synchronized Optional<Duration> untilNext() {
    return retries.values().stream()
        .map(retry -> Duration.between(clock.instant(), retry.notBefore()))
        .filter(wait -> !wait.isNegative())
        .min(Duration::compareTo);
  }

  /** How often it was tried in vain. */
  synchronized int failures(LeaseId lease) {
    Retry retry = retries.get(lease);
    return retry == null ? 0 : retry.failures();
  }

  /**
   * It was tried in vain; returns how long it waits.
   *
   * @param asked what the coordinator asked for
   */
  synchronized Duration later(LeaseId lease, Duration asked) {
    int failures = failures(lease) + 1;
    Duration wait = backoff.after(failures, asked);
    retries.put(lease, new Retry(failures, clock.instant().plus(wait)));
    return wait;
  }

  /** It is over. */
  synchronized void forget(LeaseId lease) {
    retries.remove(lease);
  }
}
