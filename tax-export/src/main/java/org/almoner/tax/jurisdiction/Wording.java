package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a document says in one language under one profile: its title, number label, sentences and
 * captions, and what entitles the charity to them.
 *
 * @param profile the profile's id, such as {@code generic}
 * @param version the profile's own version, such as {@code 2026.1}
 * @param language BCP 47 tag of the texts
 * @param effectiveFrom first day on which a document may be issued under the profile
 * @param effectiveTo last such day; {@link LocalDate#MAX} when there is none
 * @param paper what the document is set for
 * @param title title of the document; holds {@code [period]}
 * @param numberLabel what stands before the number
 * @param lines sentences in the order of print
 * @param labels captions, one for each {@link Label}
 * @param notation how numbers and dates are written
 * @param forbidden phrases refused outside the lines
 * @param estimates whether each benefit has an estimate of its value beside it; else none has
 * @param standing what entitles the charity to the words
 * @param facts what the charity says of itself, each a line with its caption
 */
public record Wording(
    String profile,
    String version,
    String language,
    LocalDate effectiveFrom,
    LocalDate effectiveTo,
    Paper paper,
    Template title,
    String numberLabel,
    List<Line> lines,
    Map<Label, Template> labels,
    Notation notation,
    List<ForbiddenPhrase> forbidden,
    boolean estimates,
    Standing standing,
    List<String> facts) {

  /**
   * One sentence.
   *
   * @param id its name within the profile
   * @param text its words
   * @param condition when it is printed
   * @param cite the profile's citation that it rests on, or empty
   * @param verbatim whether its words are the source's own
   */
  public record Line(
      String id, Template text, Condition condition, String cite, boolean verbatim) {}

  /** Whether it has a sentence for a donor to whom nothing was given in return. */
  boolean deniesBenefits() {
    return lines.stream().anyMatch(line -> line.condition() == Condition.NOTHING_GIVEN);
  }

  public Wording {
    lines = List.copyOf(lines);
    labels = Map.copyOf(labels);
    forbidden = List.copyOf(forbidden);
    facts = List.copyOf(facts);
  }

  /** The same words, used under {@code as}. */
  Wording standing(Standing as, List<String> charityFacts) {
    return new Wording(
        profile,
        version,
        language,
        effectiveFrom,
        effectiveTo,
        paper,
        title,
        numberLabel,
        lines,
        labels,
        notation,
        forbidden,
        estimates,
        as,
        charityFacts);
  }

  /** Whether nothing but a specimen may be made of it. */
  public boolean specimenOnly() {
    return standing instanceof Standing.Unreviewed;
  }

  /** A caption without placeholders. */
  public String label(Label label) {
    return label(label, Map.of());
  }

  /** A caption with its placeholders filled. */
  public String label(Label label, Map<Placeholder, String> values) {
    Template template = labels.get(label);
    if (template == null) {
      throw new IllegalStateException("profile " + profile + " has no label " + label.key());
    }
    return template.fill(values);
  }

  /** What stands between a benefit and the estimate of its value. */
  public String beforeEstimate() {
    return "; " + label(Label.BENEFIT_ESTIMATE) + label(Label.COLON);
  }

  /** The sentences with their placeholders filled, in the order of print. */
  public List<String> sentences(Set<Condition> holding, Map<Placeholder, String> values) {
    return lines.stream()
        .filter(line -> holding.contains(line.condition()))
        .map(line -> line.text().fill(values))
        .toList();
  }

  /** The title for one period. */
  public String title(String period) {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    values.put(Placeholder.PERIOD, period);
    return title.fill(values);
  }

  /** The profile with its version and what entitles the charity to it, as documents print it. */
  public String source() {
    String name = profile + " " + version;
    if (standing instanceof Standing.Reviewed reviewed) {
      Review review = reviewed.review();
      Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
      values.put(Placeholder.REVIEWER, review.reviewer());
      values.put(Placeholder.LICENCE, review.licence());
      values.put(Placeholder.REVIEWED_ON, notation.of(review.reviewedOn()));
      return name + ", " + label(Label.REVIEWED, values);
    }
    return standing instanceof Standing.Unreviewed ? name + ", " + label(Label.UNREVIEWED) : name;
  }
}
