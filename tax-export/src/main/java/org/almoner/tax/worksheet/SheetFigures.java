package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Figures as a language writes them. */
final class SheetFigures {
  private static final int HOUR_DECIMALS = 2;
  private static final BigDecimal MS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  private final String decimal;
  private final String group;

  SheetFigures(WorksheetWords words) {
    this.decimal = words.caption(Caption.DECIMAL);
    this.group = words.caption(Caption.GROUP);
  }

  /** Hours, rounded down. */
  String hours(long ms) {
    return print(BigDecimal.valueOf(ms).divide(MS_PER_HOUR, HOUR_DECIMALS, RoundingMode.DOWN));
  }

  /** With all of its decimals. */
  String print(BigDecimal number) {
    String plain = number.toPlainString();
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    StringBuilder out = new StringBuilder(whole);
    for (int i = whole.length() - 3; i > 0; i -= 3) {
      out.insert(i, group);
    }
    return point < 0 ? out.toString() : out + decimal + plain.substring(point + 1);
  }
}
