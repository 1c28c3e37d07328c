package org.almoner.tax.verify;

/** A trust file that cannot be used; one sentence names the field. */
public final class MalformedTrustFile extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedTrustFile(String sentence) {
    super("trust file: " + sentence);
  }
}
