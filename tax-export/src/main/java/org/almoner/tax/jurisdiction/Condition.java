package org.almoner.tax.jurisdiction;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** When a sentence of a profile is printed; there are no others, and they are not combined. */
public enum Condition {
  /** On every document. */
  ALWAYS,
  /** The benefits register was read and holds nothing for the donor and period. */
  NOTHING_GIVEN,
  /** The benefits register holds something. */
  SOMETHING_GIVEN,
  /** The document stands for an earlier one. */
  REPLACES,
  /** The period was not over when the document was made. */
  OPEN_PERIOD;

  /** The word in a profile. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Condition> of(String text) {
    return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
  }

  /** Those that hold for a document. */
  public static Set<Condition> holding(Benefits benefits, boolean replaces, boolean openPeriod) {
    Set<Condition> holding = EnumSet.of(ALWAYS);
    if (benefits instanceof Benefits.NoneRecorded) {
      holding.add(NOTHING_GIVEN);
    }
    if (benefits instanceof Benefits.Given) {
      holding.add(SOMETHING_GIVEN);
    }
    if (replaces) {
      holding.add(REPLACES);
    }
    if (openPeriod) {
      holding.add(OPEN_PERIOD);
    }
    return holding;
  }
}
