package org.almoner.tax.jurisdiction;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
   * Something that was given.
   *
   * @param what in words and without an amount of money
   * @param estimate its value in good faith, with its currency; empty when none was made
   */
  record Item(String what, String estimate) {}

  /**
   * The register holds these.
   *
   * @param items what was given; at least one
   */
  record Given(List<Item> items) implements Benefits {
    public Given {
      items = List.copyOf(items);
      if (items.isEmpty()) {
        throw new IllegalArgumentException("a list of benefits must name one");
      }
    }
  }

  /** The register was not read: no document may be issued. */
  record Unknown() implements Benefits {}

  /**
   * The words for the benefits line, with the estimates where the profile asks for them; empty when
   * nothing is known.
   */
  default Optional<String> words(Wording wording) {
    if (this instanceof Given given) {
      return Optional.of(
          given.items().stream()
              .map(item -> words(item, wording))
              .collect(Collectors.joining("; ")));
    }
    return this instanceof NoneRecorded || this instanceof Unconfirmed
        ? Optional.of(wording.label(Label.NONE_RECORDED))
        : Optional.empty();
  }

  private static String words(Item item, Wording wording) {
    return wording.estimates() && !item.estimate().isEmpty()
        ? item.what() + wording.beforeEstimate() + item.estimate()
        : item.what();
  }

  /** What was given without an estimate of its value, in words. */
  default List<String> withoutEstimate() {
    return this instanceof Given given
        ? given.items().stream().filter(item -> item.estimate().isEmpty()).map(Item::what).toList()
        : List.of();
  }
}
