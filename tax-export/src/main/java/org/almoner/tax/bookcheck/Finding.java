package org.almoner.tax.bookcheck;

import java.util.Locale;

/**
 * One thing in which register, files and log disagree.
 *
 * @param kind what kind of thing
 * @param about the document's number, or where it was found
 * @param sentence what was found, and what was expected
 */
public record Finding(Kind kind, String about, String sentence) {
  /** Kinds of findings. */
  public enum Kind {
    /** A line of the register is not of its form. */
    LINE,
    /** One number stands for two documents. */
    NUMBER_TWICE,
    /** A document went a way that there is not. */
    STEP,
    /** A change was not confirmed by a second operator as it should be. */
    FOUR_EYES,
    /** A serial was left out. */
    GAP,
    /** Two documents of one donor stand for the same day. */
    OVERLAP,
    /** A first issue after its year was closed. */
    CLOSED,
    /** A file is missing, or is not the one that was sealed. */
    FILE,
    /** The document itself does not hold: seal, issuer, opening, proof or evidence. */
    DOCUMENT,
    /** What the register says was logged is not what the log holds. */
    LOG,
    /** The log holds a receipt of which the register knows nothing. */
    UNREGISTERED,
    /** One line of work counts on two documents that stand. */
    LINE_TWICE,
    /** A document that stands says otherwise of what its donor was given. */
    BENEFIT;

    /** The kind in output. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
