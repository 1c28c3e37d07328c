package org.almoner.tax.seal;

import java.io.IOException;

/**
 * A document that is not sealed now; one sentence says why and what to do. Nothing was sealed in a
 * lesser way instead.
 */
public final class SealRefused extends IOException {
  private static final long serialVersionUID = 1L;

  SealRefused(String sentence) {
    super(sentence);
  }

  SealRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
