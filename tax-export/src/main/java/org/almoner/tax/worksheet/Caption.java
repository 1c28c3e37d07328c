package org.almoner.tax.worksheet;

import java.util.Locale;

/** A short text of the worksheet, in the words of its language. */
public enum Caption {
  TITLE,
  SUBTITLE,
  BANNER,
  BECAUSE,
  MODEL,
  RATED,
  TABLE_PRICE,
  OWN_USE,
  RECORD_OF,
  PERIOD,
  TO,
  DRAWN_UP,
  SOURCE,
  OTHERWISE,
  OTHERWISE_ON,
  OTHERWISE_OFF,
  RECKONING,
  MONTH,
  HOURS,
  HOURS_UNKNOWN,
  KWH,
  PRICE,
  BILL,
  AMOUNT,
  TOTAL,
  TABLE,
  LESS,
  LESS_REIMBURSED,
  LESS_ELSEWHERE,
  LESS_OTHERS,
  BASIS,
  STATED,
  UNCERTAINTY,
  QUESTIONS,
  EXCLUDED,
  PAGE,
  DECIMAL,
  GROUP;

  /** Its name in the file of words. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
