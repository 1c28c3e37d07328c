package org.almoner.coordinator.journal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.PublicKey;

/**
 * Public keys met lately. To read a key from its octets and find it sound takes about as long as to
 * verify a signature; whoever is met again is spared it. For any thread.
 */
public final class KnownKeys {
  /** Keys remembered; with one more all are forgotten, and it begins again. */
  public static final int KEYS_MAX = 32_768;

  private final int max;
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();

  /** Remembers up to {@link #KEYS_MAX}. */
  public KnownKeys() {
    this(KEYS_MAX);
  }

  KnownKeys(int max) {
    this.max = max;
  }

  /**
   * Reads 64 lowercase hexadecimal digits; the same key, and the same failure, as {@link
   * PublicKey}'s.
   */
  public PublicKey parseHex(String hex) {
    PublicKey known = keys.get(hex);
    if (known != null) {
      return known;
    }
    PublicKey read = PublicKey.parseHex(hex);
    if (keys.size() >= max) {
      keys.clear();
    }
    keys.put(hex, read);
    return read;
  }

  /** Reads the 32 octets of a key; the same key, and the same failure, as {@link PublicKey}'s. */
  public PublicKey of(Bytes octets) {
    return parseHex(octets.toHex());
  }

  int size() {
    return keys.size();
  }
}
