package org.almoner.tax.jurisdiction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.almoner.protocol.bytes.Hash;

/** Reads a profile field by field; what the schema does not name is refused. */
final class ProfileYaml {
  private static final int SCHEMA = 1;
  private static final Set<String> FIELDS =
      Set.of(
          "profile_schema",
          "id",
          "version",
          "language",
          "is_tax_document",
          "effective_from",
          "title",
          "number_label",
          "lines",
          "labels",
          "forbidden_phrases");

  private ProfileYaml() {}

  static Profile read(byte[] yaml) throws MalformedProfile {
    JsonNode root = tree(yaml);
    only(root, "", FIELDS);
    JsonNode schema = field(root, "", "profile_schema");
    if (!schema.isInt() || schema.intValue() != SCHEMA) {
      throw new MalformedProfile("profile_schema", "is " + schema + "; expected " + SCHEMA);
    }
    JsonNode tax = field(root, "", "is_tax_document");
    if (!tax.isBoolean() || tax.booleanValue()) {
      throw new MalformedProfile(
          "is_tax_document", "is " + tax + "; only false can be used without a legal review");
    }
    String id = text(root, "", "id");
    if (!id.matches("[a-z][a-z0-9-]{1,62}")) {
      throw new MalformedProfile("id", "must be 2 to 63 of a-z, 0-9 and -: " + id);
    }
    Template title = template("title", text(root, "", "title"), EnumSet.of(Placeholder.PERIOD));
    if (title.placeholders().isEmpty()) {
      throw new MalformedProfile("title", "must hold [period]");
    }
    Wording wording =
        new Wording(
            id,
            text(root, "", "version"),
            text(root, "", "language"),
            date(text(root, "", "effective_from")),
            title,
            text(root, "", "number_label"),
            lines(field(root, "", "lines")),
            labels(field(root, "", "labels")),
            forbidden(field(root, "", "forbidden_phrases")));
    return new Profile(id, wording.version(), Hash.sha256(yaml), List.of(wording));
  }

  private static JsonNode tree(byte[] yaml) throws MalformedProfile {
    if (yaml.length > Profile.BYTES_MAX) {
      throw new MalformedProfile(
          "(root)", "has " + yaml.length + " octets; at most " + Profile.BYTES_MAX + " are read");
    }
    ObjectReader reader =
        YAMLMapper.builder(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .build()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      return reader.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new MalformedProfile("(root)", "is not usable YAML: " + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException | StackOverflowError e) {
      throw new MalformedProfile("(root)", "is not usable YAML: " + e.getMessage());
    }
  }

  private static List<Wording.Line> lines(JsonNode node) throws MalformedProfile {
    list(node, "lines");
    List<Wording.Line> lines = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<Placeholder> seen = EnumSet.noneOf(Placeholder.class);
    Set<Placeholder> known = EnumSet.allOf(Placeholder.class);
    known.removeAll(EnumSet.of(Placeholder.PAGE, Placeholder.PAGES));
    for (int i = 0; i < node.size(); i++) {
      String where = "lines[" + i + "].";
      only(node.get(i), where, Set.of("id", "text"));
      String id = text(node.get(i), where, "id");
      if (!ids.add(id)) {
        throw new MalformedProfile(where + "id", "is used twice: " + id);
      }
      Template text = template(where + "text", text(node.get(i), where, "text"), known);
      seen.addAll(text.placeholders());
      lines.add(new Wording.Line(id, text));
    }
    for (Placeholder needed : EnumSet.of(Placeholder.TIERS, Placeholder.BENEFITS)) {
      if (!seen.contains(needed)) {
        throw new MalformedProfile("lines", "no line holds [" + needed.key() + "]");
      }
    }
    return lines;
  }

  private static Map<Label, Template> labels(JsonNode node) throws MalformedProfile {
    Set<String> keys = new TreeSet<>();
    for (Label label : Label.values()) {
      keys.add(label.key());
    }
    only(node, "labels.", keys);
    Map<Label, Template> labels = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      Set<Placeholder> known =
          switch (label) {
            case SEAL -> EnumSet.of(Placeholder.CHARITY);
            case PAGE -> EnumSet.of(Placeholder.PAGE, Placeholder.PAGES);
            default -> EnumSet.noneOf(Placeholder.class);
          };
      labels.put(
          label, template("labels." + label.key(), text(node, "labels.", label.key()), known));
    }
    return labels;
  }

  private static List<ForbiddenPhrase> forbidden(JsonNode node) throws MalformedProfile {
    list(node, "forbidden_phrases");
    List<ForbiddenPhrase> phrases = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      String where = "forbidden_phrases[" + i + "].";
      only(node.get(i), where, Set.of("pattern", "reason"));
      String pattern = text(node.get(i), where, "pattern");
      try {
        phrases.add(
            new ForbiddenPhrase(
                ForbiddenPhrase.compile(pattern), text(node.get(i), where, "reason")));
      } catch (PatternSyntaxException e) {
        throw new MalformedProfile(
            where + "pattern", "is no regular expression: " + e.getDescription());
      }
    }
    return phrases;
  }

  private static Template template(String where, String source, Set<Placeholder> known)
      throws MalformedProfile {
    try {
      Template template = new Template(source);
      for (Placeholder placeholder : template.placeholders()) {
        if (!known.contains(placeholder)) {
          throw new MalformedProfile(where, "[" + placeholder.key() + "] has no meaning here");
        }
      }
      return template;
    } catch (IllegalArgumentException e) {
      throw new MalformedProfile(where, String.valueOf(e.getMessage()));
    }
  }

  private static LocalDate date(String text) throws MalformedProfile {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new MalformedProfile("effective_from", "is " + text + "; expected year-month-day");
    }
  }

  private static void only(JsonNode node, String path, Set<String> known) throws MalformedProfile {
    if (!node.isObject()) {
      String field = path.isEmpty() ? "(root)" : path.substring(0, path.length() - 1);
      throw new MalformedProfile(field, "expected a mapping with " + new TreeSet<>(known));
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new MalformedProfile(
            path + entry.getKey(), "is not known; known are " + new TreeSet<>(known));
      }
    }
  }

  private static void list(JsonNode node, String name) throws MalformedProfile {
    if (!node.isArray()) {
      throw new MalformedProfile(name, "expected a list");
    }
  }

  private static JsonNode field(JsonNode node, String path, String name) throws MalformedProfile {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new MalformedProfile(path + name, "is missing");
    }
    return value;
  }

  private static String text(JsonNode node, String path, String name) throws MalformedProfile {
    JsonNode value = field(node, path, name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new MalformedProfile(path + name, "expected a text, found " + value);
    }
    return value.textValue();
  }
}
