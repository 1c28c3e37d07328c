package org.almoner.tax.bookcheck;

import java.time.LocalDate;

/**
 * One document as the newest line about it has it.
 *
 * @param fourEyes whether its line says that a second operator has to confirm changes
 */
record Page(
    long line,
    String number,
    String series,
    long serial,
    String donor,
    String profile,
    LocalDate from,
    LocalDate to,
    String state,
    String pdf,
    String replaces,
    String by,
    String reason,
    long statement,
    Opening receipt,
    long change,
    boolean fourEyes) {
  /**
   * A salt and the entry it opens.
   *
   * @param leaf -1 where nothing was logged
   */
  record Opening(long leaf, String salt) {
    static final Opening NONE = new Opening(-1, "");

    boolean isThere() {
      return leaf >= 0;
    }
  }

  boolean was(String other) {
    return state.equals(other);
  }

  boolean isWithdrawn() {
    return !by.isEmpty() || !reason.isEmpty();
  }

  /** Whether a file was ever sealed under the number. */
  boolean wasSealed() {
    return !pdf.equals("0".repeat(pdf.length()));
  }

  /** Whether there should be a sealed file. */
  boolean hasFile() {
    return wasSealed() && !was("ERASED");
  }

  /** The last entry of the log that the line names; -1 for none. */
  long lastEntry() {
    return Math.max(Math.max(statement, change), receipt.leaf());
  }

  boolean stands() {
    return was("ISSUED") || (was("KEPT") && !isWithdrawn());
  }

  /** Whether its lines may be behind no other; what waits to stand for another shares them. */
  boolean counts() {
    return stands() || (was("SEALED") && replaces.isEmpty());
  }

  boolean sharesADayWith(Page other) {
    return !from.isAfter(other.to) && !to.isBefore(other.from);
  }
}
