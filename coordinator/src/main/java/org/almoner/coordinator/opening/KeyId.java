package org.almoner.coordinator.opening;

import java.security.SecureRandom;
import org.almoner.protocol.bytes.Bytes;

/**
 * Names one opening key.
 *
 * @param octets 16 random octets that say nothing of the key
 */
public record KeyId(Bytes octets) {
  /** Octets in a name. */
  public static final int SIZE = 16;

  /** Refuses any other length. */
  public KeyId {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException(
          "the name of an opening key has " + SIZE + " octets; this has " + octets.size());
    }
  }

  /** Draws a name. */
  static KeyId draw(SecureRandom random) {
    byte[] drawn = new byte[SIZE];
    random.nextBytes(drawn);
    return new KeyId(Bytes.of(drawn));
  }

  @Override
  public String toString() {
    return octets.toHex();
  }
}
