package org.almoner.tax.receipt;

/** A text that is no statement's code; one sentence names the line. */
public final class MalformedCode extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedCode(String sentence) {
    super(sentence);
  }
}
