package org.almoner.tax.jurisdiction;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a document may say in one legal setting: its title, number label, sentences and captions.
 *
 * <p>Profiles are data. The one shipped is {@code generic}: quantities with their tiers, no money,
 * no statement about tax. A profile for a tax document needs a lawyer's review, which this schema
 * has no field for: {@code is_tax_document: true} is refused.
 *
 * @param id lowercase name, such as {@code generic}
 * @param version the profile's own version, such as {@code 2026.1}
 * @param language BCP 47 tag of its texts
 * @param effectiveFrom first day on which a document may be issued under it
 * @param title title of the document; holds {@code [period]}
 * @param numberLabel what stands before the number
 * @param lines sentences in the order of print; between them they hold {@code [tiers]} and {@code
 *     [benefits]}
 * @param labels captions, one for each {@link Label}
 * @param forbidden phrases refused outside the lines
 */
public record Profile(
    String id,
    String version,
    String language,
    LocalDate effectiveFrom,
    Template title,
    String numberLabel,
    List<Line> lines,
    Map<Label, Template> labels,
    List<ForbiddenPhrase> forbidden) {

  /** Largest profile read, in octets. */
  public static final int BYTES_MAX = 65_536;

  /**
   * One sentence.
   *
   * @param id its name within the profile
   * @param text its words
   */
  public record Line(String id, Template text) {}

  public Profile {
    lines = List.copyOf(lines);
    labels = Map.copyOf(labels);
    forbidden = List.copyOf(forbidden);
  }

  /**
   * Reads a profile from YAML.
   *
   * @param yaml UTF-8, at most {@link #BYTES_MAX} octets
   * @throws MalformedProfile naming the field that is unknown, missing or wrong
   */
  public static Profile parse(byte[] yaml) throws MalformedProfile {
    return ProfileYaml.read(yaml);
  }

  /** The profile used wherever no reviewed one fits. */
  public static Profile generic() {
    try (InputStream in = Profile.class.getResourceAsStream("profiles/generic.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the build lacks profiles/generic.yaml");
      }
      return parse(in.readAllBytes());
    } catch (IOException | MalformedProfile e) {
      throw new IllegalStateException("the generic profile of this build is broken", e);
    }
  }

  /** A caption without placeholders. */
  public String label(Label label) {
    return label(label, Map.of());
  }

  /** A caption with its placeholders filled. */
  public String label(Label label, Map<Placeholder, String> values) {
    Template template = labels.get(label);
    if (template == null) {
      throw new IllegalStateException("profile " + id + " has no label " + label.key());
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
