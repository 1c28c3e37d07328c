package org.almoner.tax.register;

import java.time.LocalDate;
import java.util.Locale;

/**
 * What one operator asked for and another has to confirm.
 *
 * @param number the document it is about
 * @param act what is to be done
 * @param reason why, in the operator's words
 * @param by the name of the operator who asked
 * @param on the day it was asked
 */
public record Wish(String number, Act act, String reason, String by, LocalDate on) {
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

    static Act of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
