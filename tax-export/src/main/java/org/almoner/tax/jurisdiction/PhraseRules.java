package org.almoner.tax.jurisdiction;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules that are seen in the words alone, read from {@code phrases/*.yaml}. The words of every
 * language are looked for on every page, whatever its language.
 */
final class PhraseRules {
  private static final List<String> FILES = List.of("any", "en", "de", "fr");
  private static final int BYTES_MAX = 65_536;
  private static final int ASCII_END = 0x80;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?;:])\\s+");

  /** Whether a profile's own sentences may say it. */
  private enum Sentences {
    NEVER,
    /** Only where the same sentence says that it is not so. */
    DENIED,
    /** Only where the benefits register is empty. */
    NOTHING_GIVEN,
    MAY
  }

  private record PhraseRule(
      Rule rule, Set<Part> parts, Sentences sentences, Pattern pattern, Pattern ascii) {
    PhraseRule(Rule rule, Set<Part> parts, Sentences sentences, Pattern pattern) {
      this(rule, parts, sentences, pattern, forAscii(pattern));
    }

    Matcher matcher(String text, boolean isAscii) {
      return (isAscii ? ascii : pattern).matcher(text);
    }
  }

  private static final List<PhraseRule> RULES = new ArrayList<>();
  private static final List<Pattern> NEGATIONS = new ArrayList<>();

  static {
    FILES.forEach(PhraseRules::load);
  }

  /** Texts that broke no rule; most captions are the same on every page. */
  private static final KnownClean<Printed.Line> CLEAN_TEXTS = new KnownClean<>();

  /** The same of profiles' sentences. */
  private static final KnownClean<Wording.Line> CLEAN_SENTENCES = new KnownClean<>();

  /**
   * A digest or a pseudonym: its letters are digits, so that {@code 0cad} at its end is no sum.
   * Digits alone, however many, may be one.
   */
  private static final Pattern HEXADECIMAL = Pattern.compile("\\b(?=[0-9]*[a-f])[0-9a-f]{32,}\\b");

  private PhraseRules() {}

  /** What a line says in words. */
  static String words(Printed.Line line) {
    return HEXADECIMAL.matcher(line.text()).replaceAll("#");
  }

  private static void load(String name) {
    byte[] file =
        ShippedFiles.read("phrases/" + name + ".yaml")
            .orElseThrow(() -> new IllegalStateException("the build lacks phrases/" + name));
    try {
      Fields root = Fields.read(file, BYTES_MAX);
      if (root.has("negation")) {
        NEGATIONS.add(ProfileReader.regex(root, "negation"));
      }
      for (Fields fields : root.mappings("rules")) {
        RULES.add(
            new PhraseRule(
                Rule.valueOf(fields.text("rule")),
                parts(fields.text("in")),
                Sentences.valueOf(fields.text("sentences").toUpperCase(Locale.ROOT)),
                ProfileReader.regex(fields, "regex")));
        fields.end();
      }
      root.end();
      root.finish();
    } catch (MalformedProfile | IllegalArgumentException e) {
      throw new IllegalStateException("phrases/" + name + ".yaml: " + e.getMessage(), e);
    }
  }

  private static Set<Part> parts(String where) {
    return switch (where) {
      case "anywhere" -> EnumSet.complementOf(EnumSet.of(Part.SENTENCE));
      case "title" -> EnumSet.of(Part.TITLE, Part.NUMBER);
      case "captions" -> EnumSet.of(Part.LABEL);
      case "donor" -> EnumSet.of(Part.DONOR, Part.FILLING);
      default -> throw new IllegalArgumentException("no part is called " + where);
    };
  }

  /** What in {@code line} breaks a rule that every profile has. */
  static List<Refusal> check(Printed.Line line) {
    return line.part() == Part.SENTENCE ? List.of() : CLEAN_TEXTS.check(line, PhraseRules::search);
  }

  private static List<Refusal> search(Printed.Line line) {
    List<Refusal> found = new ArrayList<>();
    String words = words(line);
    boolean ascii = isAscii(words);
    for (PhraseRule rule : RULES) {
      if (rule.parts().contains(line.part())) {
        Matcher matcher = rule.matcher(words, ascii);
        if (matcher.find()) {
          found.add(refusal(rule.rule(), matcher.group(), line.part()));
        }
      }
    }
    return found;
  }

  /** What in a profile's own sentence breaks a rule; the facts that fill it are not looked at. */
  static List<Refusal> check(Wording.Line line) {
    return CLEAN_SENTENCES.check(line, PhraseRules::search);
  }

  private static List<Refusal> search(Wording.Line line) {
    List<Refusal> found = new ArrayList<>();
    for (String sentence : SENTENCE_END.splitAsStream(line.text().source()).toList()) {
      boolean ascii = isAscii(sentence);
      for (PhraseRule rule : RULES) {
        Matcher matcher = rule.matcher(sentence, ascii);
        if (matcher.find() && !permitted(rule.sentences(), sentence, line.condition())) {
          found.add(
              new Refusal(
                  rule.rule(),
                  "\""
                      + matcher.group().strip()
                      + "\" in the profile's line "
                      + line.id()
                      + advice(rule.sentences())));
        }
      }
    }
    return found;
  }

  /** What every rule looks for. */
  static List<Pattern> patterns() {
    return RULES.stream().map(PhraseRule::pattern).toList();
  }

  /**
   * Finds in a text of ASCII alone what {@code pattern} finds, in half the time: there, the classes
   * of letters, digits and spaces are those without Unicode.
   */
  static Pattern forAscii(Pattern pattern) {
    return Pattern.compile(pattern.pattern(), pattern.flags() & ~Pattern.UNICODE_CHARACTER_CLASS);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < ASCII_END);
  }

  private static boolean permitted(Sentences sentences, String sentence, Condition condition) {
    return switch (sentences) {
      case NEVER -> false;
      case DENIED -> NEGATIONS.stream().anyMatch(not -> not.matcher(sentence).find());
      case NOTHING_GIVEN -> condition == Condition.NOTHING_GIVEN;
      case MAY -> true;
    };
  }

  private static String advice(Sentences sentences) {
    return switch (sentences) {
      case DENIED -> ", in a sentence that does not deny it";
      case NOTHING_GIVEN -> ", whose condition is not nothing_given";
      case NEVER, MAY -> "";
    };
  }

  /** A refusal that quotes the words and says where they stand. */
  static Refusal refusal(Rule rule, String words, Part part) {
    return new Refusal(rule, "\"" + words.strip() + "\" in " + part.where());
  }
}
