package org.almoner.tax.worksheet;

/** A file of words that cannot be used; the message names the field. */
public final class MalformedWords extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedWords(String field, String problem) {
    super("worksheet field " + field + ": " + problem);
  }
}
