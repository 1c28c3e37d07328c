package org.almoner.tax.receipt;

import java.util.List;

/**
 * The donor as the statement names them, in Unicode normal form C.
 *
 * @param displayName the name the donor wants on paper, at most {@value #NAME_MAX} characters
 * @param addressLines their address, at most {@value #ADDRESS_LINES_MAX} lines of {@value
 *     #ADDRESS_LINE_MAX} characters; may be empty
 */
public record Addressee(String displayName, List<String> addressLines) {
  /** Longest name, in characters. */
  public static final int NAME_MAX = 120;

  /** Longest line of an address, in characters. */
  public static final int ADDRESS_LINE_MAX = 80;

  /** Most lines of an address. */
  public static final int ADDRESS_LINES_MAX = 6;

  public Addressee {
    displayName = PlainLine.of("the donor's name", displayName, NAME_MAX);
    addressLines =
        PlainLine.all("the donor's address", addressLines, ADDRESS_LINES_MAX, ADDRESS_LINE_MAX);
  }
}
