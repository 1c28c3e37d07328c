package org.almoner.coordinator.http.route;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens by the address they came from, over one {@link #WINDOW} after the other.
 *
 * <p>A token has 256 random bits and is not guessed; the count keeps guessing from being work for
 * the store. Behind a proxy all callers have one address and share one count.
 */
public final class Attempts {
  /** How long wrong tokens are remembered. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  /** Most wrong tokens of one address in a window. */
  public static final int WRONG_MAX = 20;

  /** Most addresses counted in a window; of more, the one that rested longest is forgotten. */
  public static final int ADDRESSES_MAX = 10_000;

  private final InstantSource clock;
  private final Map<String, Integer> wrong = new LinkedHashMap<>(16, 0.75f, true);
  private long windowMs;

  /** Nothing was tried. */
  public Attempts(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether {@code address} may try again now. */
  public synchronized boolean mayTry(String address) {
    long now = clock.millis();
    if (now - windowMs >= WINDOW.toMillis()) {
      windowMs = now;
      wrong.clear();
    }
    Integer tried = wrong.get(address);
    return tried == null || tried < WRONG_MAX;
  }

  /** A wrong token came from {@code address}. */
  public synchronized void wrong(String address) {
    wrong.merge(address, 1, Integer::sum);
    if (wrong.size() > ADDRESSES_MAX) {
      wrong.remove(wrong.keySet().iterator().next());
    }
  }
}
