package org.almoner.tax.jurisdiction;

import java.util.List;
import java.util.Optional;

/** What the charity gave the donor during the period, so far as its benefits register says. */
public sealed interface Benefits {
  /** The register holds nothing, and the operator confirmed that nothing is missing in it. */
  record NoneRecorded() implements Benefits {}

  /**
   * The register holds nothing, and nobody confirmed that all was entered: enough to say that none
   * is recorded, not that none was given.
   */
  record Unconfirmed() implements Benefits {}

  /**
   * The register holds these.
   *
   * @param items what was given, each in words and without an amount of money; at least one
   */
  record Given(List<String> items) implements Benefits {
    public Given {
      items = List.copyOf(items);
      if (items.isEmpty()) {
        throw new IllegalArgumentException("a list of benefits must name one");
      }
    }
  }

  /** The register was not read: no document may be issued. */
  record Unknown() implements Benefits {}

  /** The words for the benefits line; empty when nothing is known. */
  default Optional<String> words(String noneRecorded) {
    if (this instanceof Given given) {
      return Optional.of(String.join("; ", given.items()));
    }
    return this instanceof NoneRecorded || this instanceof Unconfirmed
        ? Optional.of(noneRecorded)
        : Optional.empty();
  }
}
