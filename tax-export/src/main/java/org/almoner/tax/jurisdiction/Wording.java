package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a document says in one language under one profile: its title, number label, sentences and
 * captions.
 *
 * @param profile the profile's id, such as {@code generic}
 * @param version the profile's own version, such as {@code 2026.1}
 * @param language BCP 47 tag of the texts
 * @param effectiveFrom first day on which a document may be issued under the profile
 * @param title title of the document; holds {@code [period]}
 * @param numberLabel what stands before the number
 * @param lines sentences in the order of print; between them they hold {@code [tiers]} and {@code
 *     [benefits]}
 * @param labels captions, one for each {@link Label}
 * @param forbidden phrases refused outside the lines
 */
public record Wording(
    String profile,
    String version,
    String language,
    LocalDate effectiveFrom,
    Template title,
    String numberLabel,
    List<Line> lines,
    Map<Label, Template> labels,
    List<ForbiddenPhrase> forbidden) {

  /**
   * One sentence.
   *
   * @param id its name within the profile
   * @param text its words
   */
  public record Line(String id, Template text) {}

  public Wording {
    lines = List.copyOf(lines);
    labels = Map.copyOf(labels);
    forbidden = List.copyOf(forbidden);
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

  /** The sentences with their placeholders filled, in the order of print. */
  public List<String> sentences(Map<Placeholder, String> values) {
    return lines.stream().map(line -> line.text().fill(values)).toList();
  }

  /** The title for one period. */
  public String title(String period) {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    values.put(Placeholder.PERIOD, period);
    return title.fill(values);
  }
}
