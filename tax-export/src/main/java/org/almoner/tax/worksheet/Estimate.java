package org.almoner.tax.worksheet;

/** Why a worksheet is an estimate and says so on top. */
public enum Estimate {
  /** Energy of tier M3: a model. */
  MODEL,
  /** Energy of tier M4: rated power. */
  RATED,
  /** A price that is not from the donor's own bill. */
  TABLE_PRICE,
  /** A meter at the wall of a computer that its owner used as well. */
  OWN_USE
}
