package org.almoner.tax.seal;

import java.io.IOException;

/** A way to ask a time-stamping authority. */
@FunctionalInterface
public interface StampLine {
  /** Longest answer that is read, in octets. */
  int ANSWER_BYTES_MAX = 65_536;

  /**
   * Sends a request and waits for its answer, both DER.
   *
   * @throws IOException when none comes, or something that is no answer; asking again may help
   */
  byte[] ask(byte[] request) throws IOException;
}
