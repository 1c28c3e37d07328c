package org.almoner.tax.seal;

import java.time.Instant;
import org.almoner.protocol.bytes.Bytes;

/** Somebody who attests when a signature was made. Several threads may ask at once. */
@FunctionalInterface
interface Stamper {
  /**
   * A token over a signature, DER, in the form of {@link StampToken}.
   *
   * @param now the time by our clock
   * @throws SealRefused when there is none to be had, or one that would not be believed
   */
  Bytes stamp(Bytes signature, Instant now) throws SealRefused;
}
