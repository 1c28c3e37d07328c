package org.almoner.ledger.audit;

/**
 * When something happened, as far as it is known: not before one entry of the log, and not after
 * another.
 *
 * @param from index of an entry
 * @param to index of an entry, {@link #OPEN} when it may happen yet
 */
record Span(long from, long to) {
  /** Behind every entry. */
  static final long OPEN = Long.MAX_VALUE;

  /** Refuses an end before the beginning. */
  Span {
    if (to < from) {
      throw new IllegalArgumentException("a span ends at " + to + ", before it begins at " + from);
    }
  }

  /** At that entry. */
  static Span at(long index) {
    return new Span(index, index);
  }
}
