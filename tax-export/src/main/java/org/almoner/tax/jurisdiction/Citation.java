package org.almoner.tax.jurisdiction;

import java.time.LocalDate;

/**
 * What a profile rests on.
 *
 * @param id its name within the profile, which lines refer to
 * @param claim what is said, one sentence
 * @param instrument the law, ruling or page that says it
 * @param source where it was read, an address or a file
 * @param seenOn when it was read
 * @param confidence how well it is known
 */
public record Citation(
    String id,
    String claim,
    String instrument,
    String source,
    LocalDate seenOn,
    Confidence confidence) {

  /** How well a claim is known. */
  public enum Confidence {
    /** The primary text was read. */
    S("S"),
    /** Read in an excerpt of somebody else's account of it. */
    S_EX("S-ex"),
    /** Known and not looked up. */
    K("K"),
    /** Nobody has said. */
    OPEN("?");

    private final String text;

    Confidence(String text) {
      this.text = text;
    }

    /** The mark in a profile. */
    public String text() {
      return text;
    }
  }
}
