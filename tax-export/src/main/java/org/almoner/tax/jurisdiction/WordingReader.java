package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a profile says, in each of its languages. */
final class WordingReader {
  private final Fields root;
  private final List<String> languages;
  private final List<Citation> citations;

  WordingReader(Fields root, List<String> languages, List<Citation> citations) {
    this.root = root;
    this.languages = languages;
    this.citations = citations;
  }

  /** One sentence in all languages. */
  private record Sentence(
      String id,
      Map<String, Template> text,
      Condition condition,
      String cite,
      boolean verbatim,
      Fields fields) {}

  /** A forbidden phrase and the language it is of; empty for all. */
  private record Forbidden(String language, ForbiddenPhrase phrase) {}

  /** The wordings; fewer than there are languages after a fault. */
  List<Wording> read(String id, String version, LocalDate from, LocalDate to) {
    Paper paper = paper();
    Fields titleFields = root.mapping("title");
    Map<String, Template> titles =
        Templates.byLanguage(titleFields, languages, EnumSet.of(Placeholder.PERIOD));
    titles.forEach(
        (language, title) -> {
          if (title.placeholders().isEmpty()) {
            titleFields.fault(language, "must hold [period]");
          }
        });
    Map<String, String> numberLabels =
        Templates.textByLanguage(root.mapping("number_label"), languages);
    List<Sentence> sentences = sentences();
    Fields benefits = root.mapping("benefits");
    boolean estimates = benefits.flag("estimate");
    benefits.end();
    List<Forbidden> forbidden = forbidden();
    Fields captionFields = root.mappingOr("captions");
    List<Wording> wordings = new ArrayList<>();
    for (String language : languages) {
      Optional<Captions> captions = captions(captionFields, language);
      Optional<Template> title = Optional.ofNullable(titles.get(language));
      if (captions.isPresent() && title.isPresent()) {
        wordings.add(
            new Wording(
                id,
                version,
                language,
                from,
                to,
                paper,
                title.get(),
                numberLabels.getOrDefault(language, ""),
                lines(sentences, language),
                captions.get().words(),
                captions.get().notation(),
                forbidden.stream()
                    .filter(one -> one.language().isEmpty() || one.language().equals(language))
                    .map(Forbidden::phrase)
                    .toList(),
                estimates,
                new Standing.Unreviewed(),
                List.of()));
      }
    }
    captionFields.end();
    return wordings;
  }

  private Paper paper() {
    String text = root.textOr("paper", Paper.A4.text());
    for (Paper paper : Paper.values()) {
      if (paper.text().equals(text)) {
        return paper;
      }
    }
    root.fault("paper", "is " + text + "; expected A4 or letter");
    return Paper.A4;
  }

  private Optional<Captions> captions(Fields fields, String language) {
    Optional<Captions> shipped = Captions.shipped(language.split("-", 2)[0]);
    if (shipped.isEmpty()) {
      if (!fields.has(language)) {
        root.fault(
            "captions",
            "has none in "
                + language
                + ", and Almoner brings none; give them all, as 'almoner profile show --captions"
                + " en' prints them");
        return Optional.empty();
      }
      return Optional.of(Captions.read(fields.mapping(language)));
    }
    return Optional.of(
        fields.has(language) ? shipped.get().with(fields.mapping(language)) : shipped.get());
  }

  private static List<Wording.Line> lines(List<Sentence> sentences, String language) {
    List<Wording.Line> lines = new ArrayList<>();
    for (Sentence sentence : sentences) {
      Template text = sentence.text().get(language);
      if (text != null) {
        lines.add(
            new Wording.Line(
                sentence.id(), text, sentence.condition(), sentence.cite(), sentence.verbatim()));
      }
    }
    return lines;
  }

  private List<Sentence> sentences() {
    List<Sentence> sentences = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : root.mappings("mandatory_lines")) {
      String id = fields.text("id");
      if (!ids.add(id)) {
        fields.fault("id", "is used twice: " + id);
      }
      String cite = fields.textOr("source_cite", "");
      boolean verbatim = fields.flagOr("verbatim", false);
      cited(fields, cite, verbatim);
      sentences.add(
          new Sentence(
              id,
              Templates.byLanguage(fields.mapping("text"), languages, ProfileReader.inSentences()),
              condition(fields),
              cite,
              verbatim,
              fields));
      fields.end();
    }
    tiers(sentences);
    benefits(sentences);
    return sentences;
  }

  private void cited(Fields fields, String cite, boolean verbatim) {
    Optional<Citation> citation =
        citations.stream().filter(each -> each.id().equals(cite)).findFirst();
    if (!cite.isEmpty() && citation.isEmpty()) {
      fields.fault("source_cite", "is " + cite + ", which is no id under citations");
    }
    if (verbatim && citation.filter(c -> c.confidence() == Citation.Confidence.S).isEmpty()) {
      fields.fault(
          "verbatim",
          "is true; words that are the source's own need a source_cite with confidence S");
    }
  }

  private static Condition condition(Fields fields) {
    String text = fields.textOr("condition", Condition.ALWAYS.text());
    Optional<Condition> condition = Condition.of(text);
    if (condition.isEmpty()) {
      fields.fault(
          "condition",
          "is "
              + text
              + "; expected always, nothing_given, something_given, replaces or open_period");
    }
    return condition.orElse(Condition.ALWAYS);
  }

  private void tiers(List<Sentence> sentences) {
    for (String language : languages) {
      if (sentences.stream()
          .filter(sentence -> sentence.condition() == Condition.ALWAYS)
          .noneMatch(sentence -> holds(sentence, language, Placeholder.TIERS))) {
        root.fault("mandatory_lines", "no line in " + language + " holds [tiers]");
      }
    }
  }

  /** What was given is said always, or there is a line for either case. */
  private void benefits(List<Sentence> sentences) {
    for (String language : languages) {
      boolean always = false;
      boolean something = false;
      boolean nothing = false;
      for (Sentence sentence : sentences) {
        boolean holds = holds(sentence, language, Placeholder.BENEFITS);
        always |= holds && sentence.condition() == Condition.ALWAYS;
        something |= holds && sentence.condition() == Condition.SOMETHING_GIVEN;
        nothing |= sentence.condition() == Condition.NOTHING_GIVEN;
        if (holds && sentence.condition() == Condition.NOTHING_GIVEN) {
          sentence.fields().fault("condition", "is nothing_given in a line that holds [benefits]");
        }
      }
      if (!always && !(something && nothing)) {
        root.fault(
            "mandatory_lines",
            "no line in "
                + language
                + " holds [benefits]; have one that does, or one with the condition"
                + " something_given that does and one with the condition nothing_given");
      }
    }
  }

  private static boolean holds(Sentence sentence, String language, Placeholder placeholder) {
    Template text = sentence.text().get(language);
    return text != null && text.placeholders().contains(placeholder);
  }

  private List<Forbidden> forbidden() {
    List<Forbidden> all = new ArrayList<>();
    for (Fields fields : root.mappingsOr("forbidden_phrases")) {
      String language = fields.textOr("lang", "");
      if (!language.isEmpty() && !languages.contains(language)) {
        fields.fault("lang", "is " + language + ", which is none of languages");
      }
      all.add(
          new Forbidden(
              language,
              new ForbiddenPhrase(ProfileReader.regex(fields, "regex"), fields.text("reason"))));
      fields.end();
    }
    return all;
  }
}
