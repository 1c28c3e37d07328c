package org.almoner.tax.receipt;

/** What is said across a page that is not, or not only, the document itself. */
public enum PageMark {
  /** Nothing: the document as it is issued. */
  NONE,
  /** Made up, or under a profile that nobody reviewed: to look at, not to use. */
  SPECIMEN,
  /** The running period, which is not over: without a number and without a place in the log. */
  RUNNING,
  /** A further print of a document that was issued. */
  COPY;

  /** Whether the page may be without a number. */
  boolean unnumbered() {
    return this == SPECIMEN || this == RUNNING;
  }
}
