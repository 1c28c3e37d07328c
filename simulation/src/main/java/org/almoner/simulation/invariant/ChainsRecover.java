package org.almoner.simulation.invariant;

import java.time.Duration;
import java.util.Optional;
import org.almoner.simulation.host.Host;

/** A computer that has been on for days is heard, whatever happened to its key or its disk. */
final class ChainsRecover implements Invariant {
  private static final long DAYS_MS = Duration.ofDays(8).toMillis();

  @Override
  public String sentence() {
    return "an honest computer that is on for days gets its reports into the log";
  }

  @Override
  public Optional<String> broken(State state) {
    if (state.last()) {
      return Optional.empty(); // There is no work any more.
    }
    for (Host host : state.hosts()) {
      boolean on = state.nowMs() - host.onSinceMs().orElse(state.nowMs()) > DAYS_MS;
      boolean silent = state.nowMs() - host.wire().reportedMs() > DAYS_MS;
      if (host.honest() && on && silent && !host.wire().isCut()) {
        return Optional.of(
            host.name()
                + " has been on for days, and no report of it was taken; last refused: "
                + host.wire().lastRefusal()
                + "; "
                + host.story());
      }
    }
    return Optional.empty();
  }
}
