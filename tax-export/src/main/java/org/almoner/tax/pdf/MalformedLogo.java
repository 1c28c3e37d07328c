package org.almoner.tax.pdf;

/** A logo that cannot be used; one sentence says why and what to do. */
public final class MalformedLogo extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedLogo(String sentence) {
    super(sentence);
  }
}
