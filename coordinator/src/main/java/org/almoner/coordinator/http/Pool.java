package org.almoner.coordinator.http;

import java.util.HashMap;
import java.util.Map;
import org.almoner.coordinator.http.rate.ClientNet;

/**
 * What there is only so much of for all, and of which one address has at most its share: it alone
 * keeps nobody out. For any thread.
 */
final class Pool {
  private final long max;
  private final long shareMax;
  private final Map<ClientNet, Long> shares = new HashMap<>();
  private long taken;

  /**
   * Nothing is taken.
   *
   * @param max most at once
   * @param shareMax most of one address
   */
  Pool(long max, long shareMax) {
    this.max = max;
    this.shareMax = shareMax;
  }

  /** Takes {@code amount} more; false, and takes none, when that would be too many. */
  synchronized boolean take(ClientNet client, long amount) {
    long share = shares.getOrDefault(client, 0L) + amount;
    if (share > shareMax || taken + amount > max) {
      return false;
    }
    keep(client, share);
    taken += amount;
    return true;
  }

  /** Gives {@code amount} of it back. */
  synchronized void give(ClientNet client, long amount) {
    keep(client, shares.getOrDefault(client, 0L) - amount);
    taken -= amount;
  }

  private void keep(ClientNet client, long share) {
    if (share == 0) {
      shares.remove(client);
    } else {
      shares.put(client, share);
    }
  }
}
