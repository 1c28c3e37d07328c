package org.almoner.tax.donor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a postal address is written in a country, so far as the rule is certain; elsewhere lines are
 * taken as they come.
 *
 * <p>Checked when an address is entered, never when it is read back: what was once stored stays.
 */
enum AddressForm {
  US("[A-Za-z .'-]+,? [A-Z]{2} [0-9]{5}(-[0-9]{4})?", "Springfield, IL 62704"),
  CA(
      "[\\p{L} .'-]+,? [A-Z]{2} {1,2}[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z]"
          + " ?[0-9][ABCEGHJ-NPRSTV-Z][0-9]",
      "Ottawa ON K1A 0B1"),
  GB("(.* )?(GIR 0AA|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})", "SW1A 1AA"),
  DE("[0-9]{5} \\p{L}.*", "10115 Berlin"),
  FR("[0-9]{5} \\p{L}.*", "75001 PARIS");

  /** Street, or post box, and town. */
  private static final int LINES_MIN = 2;

  private final String last;
  private final String example;

  AddressForm(String last, String example) {
    this.last = last;
    this.example = example;
  }

  /**
   * What is wrong with an address, one sentence; empty when nothing is known to be.
   *
   * @param country two letters, or empty
   * @param lines none when there is no address
   */
  static Optional<String> objection(String country, List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    for (AddressForm form : values()) {
      if (form.name().equals(country)) {
        return form.objection(lines);
      }
    }
    return Optional.empty();
  }

  private Optional<String> objection(List<String> lines) {
    if (lines.size() < LINES_MIN) {
      return Optional.of(
          "an address in " + name() + " has a line for street or box and one for the town");
    }
    String town = lines.get(lines.size() - 1);
    return Pattern.matches(last, town)
        ? Optional.empty()
        : Optional.of(
            "the last line of an address in "
                + name()
                + " is like \""
                + example
                + "\" (the country is not written there), got \""
                + town
                + "\"");
  }
}
