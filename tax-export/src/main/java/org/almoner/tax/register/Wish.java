package org.almoner.tax.register;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * What one operator asked for and another has to confirm.
 *
 * @param number the document it is about
 * @param act what is to be done
 * @param reason why, in the operator's words
 * @param by the name of the operator who asked
 * @param at when it was asked; in early registers the beginning of the day, UTC
 */
public record Wish(String number, Act act, String reason, String by, Instant at) {
  /** The day it was asked, UTC. */
  public LocalDate on() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** What can be asked. */
  public enum Act {
    /** Another document is to stand for it. */
    REPLACE,
    /** Its number is to count no more. */
    CANCEL;

    /** The act in files and answers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What is done to the document, as a participle. */
    public String done() {
      return this == REPLACE ? "replaced" : "cancelled";
    }

    /** Reads the act as {@link #text} writes it. */
    public static Act of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
