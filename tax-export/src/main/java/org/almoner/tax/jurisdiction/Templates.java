package org.almoner.tax.jurisdiction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads templates and texts by language out of a file. */
final class Templates {
  private Templates() {}

  /** The template under {@code name}; empty after a fault. */
  static Optional<Template> read(Fields fields, String name, Set<Placeholder> known) {
    String source = fields.text(name);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    try {
      Template template = new Template(source);
      for (Placeholder placeholder : template.placeholders()) {
        if (!known.contains(placeholder)) {
          fields.fault(name, "[" + placeholder.key() + "] has no meaning here");
        }
      }
      return Optional.of(template);
    } catch (IllegalArgumentException e) {
      fields.fault(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A template for each of {@code languages}, no more and no fewer; fewer after a fault. */
  static Map<String, Template> byLanguage(
      Fields fields, List<String> languages, Set<Placeholder> known) {
    Map<String, Template> all = new LinkedHashMap<>();
    for (String language : languages) {
      read(fields, language, known).ifPresent(template -> all.put(language, template));
    }
    fields.end();
    return all;
  }

  /** A text for each of {@code languages}. */
  static Map<String, String> textByLanguage(Fields fields, List<String> languages) {
    Map<String, String> all = new LinkedHashMap<>();
    languages.forEach(language -> all.put(language, fields.text(language)));
    fields.end();
    return all;
  }
}
