package org.almoner.tax.register;

import org.almoner.protocol.bytes.Hash;

/**
 * Where the log holds a commitment of the register's, and the salt that opens it.
 *
 * @param leaf index in the log; -1 where nothing was logged
 * @param salt its salt; {@link Hash#ZERO} where nothing was logged
 */
public record LogPlace(long leaf, Hash salt) {
  /** Nothing was logged. */
  public static final LogPlace NONE = new LogPlace(-1, Hash.ZERO);

  /** Whether something was logged. */
  public boolean isLogged() {
    return leaf >= 0;
  }
}
