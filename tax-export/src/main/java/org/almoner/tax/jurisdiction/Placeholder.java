package org.almoner.tax.jurisdiction;

import java.util.Locale;
import java.util.Optional;

/** A fact that a profile's text takes from the statement, written in square brackets. */
public enum Placeholder {
  /** The period the document covers, in words. */
  PERIOD,
  /** Legal name of the charity. */
  CHARITY,
  /** Display name of the donor. */
  DONOR,
  /** Name of the measuring software. */
  SOFTWARE,
  /** Its version. */
  VERSION,
  /** The tiers behind the quantities, such as {@code M1 and M2}. */
  TIERS,
  /** Number of results that counted. */
  ACCEPTED,
  /** Number of results that came back. */
  RETURNED,
  /** What the charity gave the donor, or that nothing is recorded. */
  BENEFITS,
  /** UTC days with a result that counted. */
  DAYS,
  /** Computers with a result that counted. */
  DEVICES,
  /** Number of the document that this one stands for. */
  REPLACED,
  /** Date of issue. */
  ISSUED,
  /** First day of the period. */
  FROM,
  /** Last day of the period. */
  TO,
  /** Name of the lawyer who reviewed the profile. */
  REVIEWER,
  /** Number of the lawyer's licence. */
  LICENCE,
  /** Date of the review. */
  REVIEWED_ON,
  /** Number of this page. */
  PAGE,
  /** Number of pages. */
  PAGES;

  /** The name between the brackets. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Placeholder> find(String key) {
    for (Placeholder placeholder : values()) {
      if (placeholder.key().equals(key)) {
        return Optional.of(placeholder);
      }
    }
    return Optional.empty();
  }
}
