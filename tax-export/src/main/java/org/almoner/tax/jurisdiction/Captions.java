package org.almoner.tax.jurisdiction;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every document in one language says around its facts: captions, and how numbers and dates
 * are written.
 *
 * @param notation numbers and dates
 * @param words one text for each {@link Label}
 */
record Captions(Notation notation, Map<Label, Template> words) {
  private static final int BYTES_MAX = 65_536;

  /** Labels that profiles which were reviewed before do not know: they stand in English there. */
  private static final Set<Label> LATER = Set.of(Label.CHECK_HOW, Label.CHECK_NOTHING);

  private static final Map<String, Optional<Captions>> SHIPPED = new ConcurrentHashMap<>();

  Captions {
    words = Map.copyOf(words);
  }

  /** Those that come with Almoner for {@code language}; empty when there are none. */
  static Optional<Captions> shipped(String language) {
    return language.matches("[a-z]{2,3}")
        ? SHIPPED.computeIfAbsent(language, Captions::load)
        : Optional.empty();
  }

  private static Optional<Captions> load(String language) {
    Optional<byte[]> file = ShippedFiles.read("captions/" + language + ".yaml");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      Fields root = Fields.read(file.get(), BYTES_MAX);
      Captions captions = read(root, Map.of());
      root.finish();
      return Optional.of(captions);
    } catch (MalformedProfile e) {
      throw new IllegalStateException("captions/" + language + ".yaml: " + e.getMessage(), e);
    }
  }

  /** Reads a whole set; what came later than a review need not be in it. */
  static Captions read(Fields fields) {
    Map<Label, Template> later = new EnumMap<>(shipped("en").orElseThrow().words);
    later.keySet().retainAll(LATER);
    return read(fields, later);
  }

  private static Captions read(Fields fields, Map<Label, Template> otherwise) {
    Notation notation = notation(fields);
    Map<Label, Template> words = words(fields.mapping("words"), otherwise);
    fields.end();
    return new Captions(notation, words);
  }

  /** These with what {@code fields} puts in their place. */
  Captions with(Fields fields) {
    Notation own = fields.has("dates") || fields.has("numbers") ? notation(fields) : notation;
    Map<Label, Template> all = words(fields.mappingOr("words"), words);
    fields.end();
    return new Captions(own, all);
  }

  private static Notation notation(Fields fields) {
    Fields numbers = fields.mapping("numbers");
    Fields dates = fields.mapping("dates");
    List<String> months = dates.texts("months");
    if (months.size() != Notation.MONTHS) {
      dates.fault("months", "has " + months.size() + " names; expected 12, January first");
      months = List.copyOf(java.util.Collections.nCopies(Notation.MONTHS, "?"));
    }
    String day = dates.text("day");
    Notation notation =
        new Notation(
            numbers.text("decimal"),
            numbers.text("group"),
            months,
            day,
            dates.textOr("first_day", day),
            dates.text("month"));
    numbers.end();
    dates.end();
    return notation;
  }

  private static Map<Label, Template> words(Fields fields, Map<Label, Template> otherwise) {
    Map<Label, Template> words = new EnumMap<>(Label.class);
    words.putAll(otherwise);
    for (Label label : Label.values()) {
      if (fields.has(label.key()) || !otherwise.containsKey(label)) {
        Templates.read(fields, label.key(), known(label))
            .ifPresent(template -> words.put(label, template));
      } else {
        fields.textOr(label.key(), "");
      }
    }
    fields.end();
    return words;
  }

  private static Set<Placeholder> known(Label label) {
    return switch (label) {
      case SEAL -> EnumSet.of(Placeholder.CHARITY);
      case PAGE -> EnumSet.of(Placeholder.PAGE, Placeholder.PAGES);
      case REVIEWED ->
          EnumSet.of(Placeholder.REVIEWER, Placeholder.LICENCE, Placeholder.REVIEWED_ON);
      default -> EnumSet.noneOf(Placeholder.class);
    };
  }
}
