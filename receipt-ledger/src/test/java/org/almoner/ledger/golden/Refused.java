package org.almoner.ledger.golden;

/** An input that a parser refused with its own checked exception, or that does not verify. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
