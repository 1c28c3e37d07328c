package org.almoner.coordinator.http.rate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by key. Each holds a minute's requests, is full at first and fills evenly. For any
 * thread.
 *
 * <p>Of more keys than fit the one that rested longest goes. Whoever brings many keys makes limits
 * wider that way, never narrower: a bucket that is made anew is full.
 */
final class Buckets<K> {
  /** What one whole request takes: a bucket gains its limit every millisecond. */
  private static final long REQUEST = Duration.ofMinutes(1).toMillis();

  private final int perMinute;
  private final int keysMax;
  private final InstantSource clock;
  private final Map<K, Bucket> longestRested = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Bucket {
    private long holds;
    private long atMs;
  }

  Buckets(int perMinute, int keysMax, InstantSource clock) {
    this.perMinute = perMinute;
    this.keysMax = keysMax;
    this.clock = clock;
  }

  /** Whether a whole request is left; takes nothing. */
  synchronized boolean has(K key) {
    return filled(key).holds >= REQUEST;
  }

  /**
   * Takes a request, or a part of one.
   *
   * @param share one request in so many
   * @return false, and takes nothing, when too little is left
   */
  synchronized boolean take(K key, int share) {
    Bucket bucket = filled(key);
    if (bucket.holds < REQUEST / share) {
      return false;
    }
    bucket.holds -= REQUEST / share;
    return true;
  }

  /** Keys at this moment. */
  synchronized int size() {
    return longestRested.size();
  }

  private Bucket filled(K key) {
    long now = clock.millis();
    Bucket bucket = longestRested.get(key);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.holds = full();
      longestRested.put(key, bucket);
      if (longestRested.size() > keysMax) {
        longestRested.remove(longestRested.keySet().iterator().next());
      }
    } else {
      long passed = Math.min(Math.max(0, now - bucket.atMs), REQUEST);
      bucket.holds = Math.min(full(), bucket.holds + passed * perMinute);
    }
    bucket.atMs = now;
    return bucket;
  }

  private long full() {
    return perMinute * REQUEST;
  }
}
