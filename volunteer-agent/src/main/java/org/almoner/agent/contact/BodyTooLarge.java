package org.almoner.agent.contact;

import java.io.IOException;

/** A response body went on past its limit and was cut off. */
final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLarge(long max) {
    super("the answer is longer than " + max + " octets, the most expected here");
  }
}
