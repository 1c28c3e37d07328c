package org.almoner.workload.compare;

/** A file that is not what its batch compares it as; the message says where and why. */
public final class Incomparable extends Exception {
  private static final long serialVersionUID = 1L;

  Incomparable(String message) {
    super(message);
  }
}
