package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.workload.yaml.Spelling;
import org.almoner.workload.yaml.YamlNode;
import org.almoner.workload.yaml.YamlText;

/**
 * One mapping of a YAML file, read field by field. A fault is taken down and a harmless value given
 * in place of the right one, so that a reader hears of all faults at once; {@link #finish} throws
 * them.
 */
final class Fields {
  private static final String ROOT = "(root)";

  private final List<ProfileFault> faults;
  private final String path;
  private final int line;
  private final Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  private Fields(List<ProfileFault> faults, String path, YamlNode node) {
    this.faults = faults;
    this.path = path;
    this.line = node.at().line();
    if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Field field : mapping.fields()) {
        if (fields.putIfAbsent(field.name(), field) != null) {
          fault(field.at().line(), field.name(), "stands twice; keep one");
        }
      }
    } else {
      faults.add(
          new ProfileFault(
              line,
              path.isEmpty() ? ROOT : path,
              "expected fields, each with its name and a colon, found " + node.kind()));
    }
  }

  /**
   * The root of a file.
   *
   * @throws MalformedProfile when it is no YAML
   */
  static Fields read(byte[] yaml, int bytesMax) throws MalformedProfile {
    List<ProfileFault> faults = new ArrayList<>();
    if (yaml.length > bytesMax) {
      faults.add(
          new ProfileFault(
              1, ROOT, "has " + yaml.length + " octets; at most " + bytesMax + " are read"));
      throw new MalformedProfile(faults);
    }
    Optional<YamlNode> root =
        YamlText.read(
            yaml,
            (at, where, sentence) ->
                faults.add(new ProfileFault(at.line(), where.isEmpty() ? ROOT : where, sentence)));
    if (root.isEmpty() || !faults.isEmpty()) {
      throw new MalformedProfile(faults);
    }
    return new Fields(faults, "", root.get());
  }

  /** Takes down that {@code name} is wrong. */
  void fault(String name, String problem) {
    YamlNode.Field field = fields.get(name);
    fault(field == null ? line : field.at().line(), name, problem);
  }

  private void fault(int at, String name, String problem) {
    faults.add(new ProfileFault(at, path(name), problem));
  }

  private String path(String name) {
    return name.isEmpty()
        ? path.isEmpty() ? ROOT : path
        : path.isEmpty() ? name : path + "." + name;
  }

  /** Where it begins. */
  int line() {
    return line;
  }

  boolean has(String name) {
    YamlNode.Field field = fields.get(name);
    return field != null && !(field.value() instanceof YamlNode.Absent);
  }

  /** The text of a field; empty after a fault. */
  String text(String name) {
    return required(name).map(node -> text(name, node)).orElse("");
  }

  /** The text of a field that may be missing. */
  String textOr(String name, String otherwise) {
    asked.add(name);
    return has(name) ? text(name) : otherwise;
  }

  private String text(String name, YamlNode node) {
    if (node instanceof YamlNode.Text text && !text.text().isBlank()) {
      return text.text();
    }
    fault(node.at().line(), name, "expected a text, found " + node.kind());
    return "";
  }

  /** {@code true} or {@code false}. */
  boolean flag(String name) {
    String text = text(name);
    if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
      fault(name, "expected true or false, found " + Spelling.quoted(text));
    }
    return text.equals("true");
  }

  boolean flagOr(String name, boolean otherwise) {
    asked.add(name);
    return has(name) ? flag(name) : otherwise;
  }

  /** A whole number in bounds; {@code min} after a fault. */
  int number(String name, int min, int max) {
    String text = text(name);
    if (text.matches("0|[1-9][0-9]{0,8}")
        && Integer.parseInt(text) >= min
        && Integer.parseInt(text) <= max) {
      return Integer.parseInt(text);
    }
    if (!text.isEmpty()) {
      fault(
          name,
          "expected a whole number from "
              + min
              + " to "
              + max
              + ", found "
              + Spelling.quoted(text));
    }
    return min;
  }

  int numberOr(String name, int min, int max, int otherwise) {
    asked.add(name);
    return has(name) ? number(name, min, max) : otherwise;
  }

  /** A day; the first of 1970 after a fault. */
  LocalDate date(String name) {
    String text = text(name);
    try {
      return text.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      fault(name, "is " + Spelling.quoted(text) + "; expected year-month-day, as 2026-01-31");
      return LocalDate.EPOCH;
    }
  }

  LocalDate dateOr(String name, LocalDate otherwise) {
    asked.add(name);
    return has(name) ? date(name) : otherwise;
  }

  /** A mapping; an empty one after a fault. */
  Fields mapping(String name) {
    return required(name)
        .map(node -> new Fields(faults, path(name), node))
        .orElseGet(() -> empty(new ArrayList<>(), name)); // said once, not for each of its fields
  }

  /** A mapping that may be missing. */
  Fields mappingOr(String name) {
    asked.add(name);
    return has(name) ? mapping(name) : empty(faults, name);
  }

  private Fields empty(List<ProfileFault> faults, String name) {
    return new Fields(
        faults, path(name), new YamlNode.Mapping(new YamlNode.Position(line, 1), List.of()));
  }

  /** A list of mappings. */
  List<Fields> mappings(String name) {
    List<Fields> all = new ArrayList<>();
    List<YamlNode> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      all.add(new Fields(faults, path(name) + "[" + i + "]", items.get(i)));
    }
    return all;
  }

  List<Fields> mappingsOr(String name) {
    asked.add(name);
    return has(name) ? mappings(name) : List.of();
  }

  /** A list of texts. */
  List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    List<YamlNode> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      all.add(text(name + "[" + i + "]", items.get(i)));
    }
    return all;
  }

  List<String> textsOr(String name) {
    asked.add(name);
    return has(name) ? texts(name) : List.of();
  }

  private List<YamlNode> items(String name) {
    Optional<YamlNode> node = required(name);
    if (node.isPresent() && node.get() instanceof YamlNode.Listing listing) {
      return listing.items();
    }
    node.ifPresent(
        other ->
            fault(
                other.at().line(),
                name,
                "expected a list, each item behind a dash, found " + other.kind()));
    return List.of();
  }

  private Optional<YamlNode> required(String name) {
    asked.add(name);
    YamlNode.Field field = fields.get(name);
    if (field == null || field.value() instanceof YamlNode.Absent) {
      fault(name, "is missing");
      return Optional.empty();
    }
    return Optional.of(field.value());
  }

  /** Takes down every field that nobody asked for. */
  void end() {
    for (Map.Entry<String, YamlNode.Field> field : fields.entrySet()) {
      if (!asked.contains(field.getKey())) {
        String meant =
            Spelling.nearest(field.getKey(), asked)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; known here are " + new TreeSet<>(asked));
        fault(field.getValue().at().line(), field.getKey(), "is not known" + meant);
      }
    }
  }

  boolean sound() {
    return faults.isEmpty();
  }

  /** Throws what was taken down, in the order of the file. */
  void finish() throws MalformedProfile {
    if (!faults.isEmpty()) {
      throw new MalformedProfile(
          faults.stream().sorted(Comparator.comparingInt(ProfileFault::line)).toList());
    }
  }
}
