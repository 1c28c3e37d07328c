package org.almoner.tax.jurisdiction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a donor is before the law, so far as documents depend on it. */
public enum DonorKind {
  /** A person. */
  INDIVIDUAL,
  /** A company or a person in business. */
  BUSINESS,
  /** A partnership. */
  PARTNERSHIP,
  /** A public body. */
  PUBLIC_BODY;

  /** The kind in files: lower case, hyphens between words. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind that {@link #text} writes. */
  public static Optional<DonorKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
