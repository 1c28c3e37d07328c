package org.almoner.tax.worksheet;

import java.util.Locale;

/** A sentence of the worksheet, in the words of its language; when it stands is said here. */
public enum Sentence {
  /** Always: what lies below idle is left out. */
  ABOVE_IDLE,
  /** With a meter: holds {@code [idle]}. */
  METERED,
  /** Without a meter. */
  REPORTED,
  /** Always: how figures are rounded; holds {@code [currency]}. */
  ROUNDED,
  /** Always: what a price holds. */
  PRICES,
  /** Always: days are UTC days. */
  DAYS,
  /** When some units came without a figure; holds {@code [unread]} and {@code [units]}. */
  UNREAD,
  /** Always: what the donor stated. */
  STATED,
  /** With energy of tier M1. */
  UNCERTAIN_M1,
  /** With a meter: holds {@code [watt]}. */
  UNCERTAIN_IDLE,
  /** With a meter of a computer that its owner used too. */
  UNCERTAIN_USE,
  /** With energy of tier M2. */
  UNCERTAIN_M2,
  /** With energy of tier M3. */
  UNCERTAIN_M3,
  /** With energy of tier M4. */
  UNCERTAIN_M4,
  /** Always: the questions to be answered with an adviser. */
  QUESTION_SERVICE,
  QUESTION_LAW,
  QUESTION_ANYWAY,
  QUESTION_OPEN,
  /** Always: what is not in the reckoning. */
  EXCLUDED;

  /** Its name in the file of words. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
