package org.almoner.tax.worksheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a worksheet in one language, read from YAML.
 *
 * <p>Words in square brackets are filled in: {@code [period]}, {@code [idle]} and the like.
 *
 * @param language BCP 47 tag
 * @param months names of the twelve months, short
 */
public record WorksheetWords(
    String language,
    Map<Caption, String> captions,
    Map<Sentence, String> sentences,
    List<String> months) {
  /** Languages that are shipped. */
  public static final List<String> LANGUAGES = List.of("en", "de", "fr");

  /** Largest file of words, in octets. */
  public static final int BYTES_MAX = 65_536;

  private static final int MONTHS = 12;
  private static final Pattern BRACKETS = Pattern.compile("\\[([a-z]+)\\]");
  private static final Set<String> KNOWN =
      Set.of("period", "idle", "currency", "unread", "units", "watt", "page", "pages");

  public WorksheetWords {
    captions = Map.copyOf(captions);
    sentences = Map.copyOf(sentences);
    months = List.copyOf(months);
  }

  /** The shipped words of one of {@link #LANGUAGES}. */
  public static WorksheetWords of(String language) {
    if (!LANGUAGES.contains(language)) {
      throw new IllegalArgumentException(
          "a worksheet is written in " + String.join(", ", LANGUAGES) + ", not in " + language);
    }
    String name = "worksheet-" + language + ".yaml";
    try (InputStream in = WorksheetWords.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return parse(in.readAllBytes());
    } catch (IOException | MalformedWords e) {
      throw new IllegalStateException(name + " of this build is broken", e);
    }
  }

  /**
   * Reads a file of words.
   *
   * @throws MalformedWords naming the field that is unknown, missing or wrong
   */
  public static WorksheetWords parse(byte[] yaml) throws MalformedWords {
    JsonNode root = tree(yaml);
    only(root, "", Set.of("language", "captions", "sentences", "months"));
    String language = text(root, "", "language");
    JsonNode months = root.path("months");
    List<String> names = new ArrayList<>();
    months.forEach(month -> names.add(month.asText()));
    if (!months.isArray() || names.size() != MONTHS || names.stream().anyMatch(String::isBlank)) {
      throw new MalformedWords("months", "expected the short names of twelve months");
    }
    return new WorksheetWords(
        language,
        texts(root, "captions", Caption.values(), Caption::key),
        texts(root, "sentences", Sentence.values(), Sentence::key),
        names);
  }

  private static JsonNode tree(byte[] yaml) throws MalformedWords {
    if (yaml.length > BYTES_MAX) {
      throw new MalformedWords("(root)", "has more than " + BYTES_MAX + " octets");
    }
    try {
      return YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build()
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new MalformedWords("(root)", "is not usable YAML: " + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException | StackOverflowError e) {
      throw new MalformedWords("(root)", "is not usable YAML: " + e.getMessage());
    }
  }

  private static <K extends Enum<K>> Map<K, String> texts(
      JsonNode root, String name, K[] keys, Function<K, String> key) throws MalformedWords {
    JsonNode node = root.path(name);
    only(node, name + ".", new HashSet<>(Arrays.stream(keys).map(key).toList()));
    Map<K, String> texts = new EnumMap<>(keys[0].getDeclaringClass());
    for (K each : keys) {
      texts.put(each, text(node, name + ".", key.apply(each)));
    }
    return texts;
  }

  private static void only(JsonNode node, String path, Set<String> known) throws MalformedWords {
    if (!node.isObject()) {
      throw new MalformedWords(path.isEmpty() ? "(root)" : path, "expected a mapping");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new MalformedWords(path + entry.getKey(), "is not known");
      }
    }
  }

  private static String text(JsonNode node, String path, String name) throws MalformedWords {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new MalformedWords(path + name, "expected a text, found " + value);
    }
    Matcher matcher = BRACKETS.matcher(value.textValue());
    while (matcher.find()) {
      if (!KNOWN.contains(matcher.group(1))) {
        throw new MalformedWords(path + name, matcher.group() + " is no known placeholder");
      }
    }
    return value.textValue();
  }

  /** A caption without anything to fill in. */
  String caption(Caption caption) {
    return caption(caption, Map.of());
  }

  String caption(Caption caption, Map<String, String> values) {
    return filled(captions.getOrDefault(caption, ""), values);
  }

  String sentence(Sentence sentence, Map<String, String> values) {
    return filled(sentences.getOrDefault(sentence, ""), values);
  }

  private static String filled(String text, Map<String, String> values) {
    return BRACKETS
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }
}
