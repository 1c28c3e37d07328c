package org.almoner.ledger.checkpoint;

import java.util.regex.Pattern;

/** A number from 0 to 2^63 - 1 as these formats write it: digits only, no leading zero. */
final class Decimal {
  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

  private Decimal() {}

  static long parse(String text, String where) throws MalformedCheckpoint {
    if (!FORM.matcher(text).matches()) {
      throw new MalformedCheckpoint(where + " is not a plain decimal: " + text);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedCheckpoint(where + " exceeds 2^63 - 1: " + text);
    }
  }
}
