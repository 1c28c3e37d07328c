package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fact about the charity without which a profile is not used.
 *
 * @param id its name, which the operator's file uses too
 * @param label what stands before the value on documents, by language
 * @param format what the whole value must match
 * @param example a value that does, made up
 * @param maxAgeYears how old the paper that shows it may be on the day of issue; 0 for no limit
 * @param group name of a group of which one fact is enough, or empty
 * @param printed whether documents print it
 */
public record RequiredFact(
    String id,
    Map<String, String> label,
    Pattern format,
    String example,
    int maxAgeYears,
    String group,
    boolean printed) {
  /** Most years that a fact may be good for. */
  public static final int AGE_MAX = 50;

  public RequiredFact {
    label = Map.copyOf(label);
  }

  /** Why {@code given} does not do on {@code today}; empty when it does. */
  Optional<String> objection(CharityFact given, LocalDate today) {
    if (!format.matcher(given.value()).matches()) {
      return Optional.of(
          "the charity's " + id + " is \"" + given.value() + "\"; it looks like " + example);
    }
    if (given.dated().isAfter(today)) {
      return Optional.of("the paper behind the charity's " + id + " is dated " + given.dated());
    }
    LocalDate end = given.validUntil();
    if (maxAgeYears > 0 && given.dated().plusYears(maxAgeYears).isBefore(end)) {
      end = given.dated().plusYears(maxAgeYears);
    }
    return today.isAfter(end)
        ? Optional.of("the charity's " + id + " counted until " + end)
        : Optional.empty();
  }
}
