package org.almoner.tax.receipt;

import java.util.List;

/**
 * The organisation in whose name a statement is issued.
 *
 * @param legalName its registered name, at most 120 characters
 * @param addressLines its address, at most 6 lines of 80 characters
 * @param contact where a donor can ask, such as a mail address; at most 80 characters, may be empty
 * @param registration its entry in a register, such as a charity number; at most 80 characters, may
 *     be empty
 */
public record Charity(
    String legalName, List<String> addressLines, String contact, String registration) {
  public Charity {
    legalName = PlainLine.of("the charity's name", legalName, Addressee.NAME_MAX);
    addressLines =
        PlainLine.all(
            "the charity's address",
            addressLines,
            Addressee.ADDRESS_LINES_MAX,
            Addressee.ADDRESS_LINE_MAX);
    contact = PlainLine.optional("the charity's contact", contact, Addressee.ADDRESS_LINE_MAX);
    registration =
        PlainLine.optional("the charity's registration", registration, Addressee.ADDRESS_LINE_MAX);
  }
}
