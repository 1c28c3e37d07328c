package org.almoner.workload.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.almoner.workload.yaml.Spelling;
import org.almoner.workload.yaml.YamlNode;
import org.almoner.workload.yaml.YamlNode.Absent;
import org.almoner.workload.yaml.YamlNode.Listing;
import org.almoner.workload.yaml.YamlNode.Mapping;
import org.almoner.workload.yaml.YamlNode.Position;
import org.almoner.workload.yaml.YamlNode.Text;

/**
 * The fields of one mapping, taken by name and type.
 *
 * <p>Every method that finds a fault notes it and returns nothing, so that reading goes on. Where
 * each field stood is kept, for faults found later.
 */
final class Fields {
  private final String path;
  private final Position at;
  private final Map<String, YamlNode> values = new LinkedHashMap<>();
  private final Set<String> misspelt = new HashSet<>();
  private final FaultList faults;
  private final Map<String, Position> positions;

  private Fields(String path, Position at, FaultList faults, Map<String, Position> positions) {
    this.path = path;
    this.at = at;
    this.faults = faults;
    this.positions = positions;
  }

  /**
   * Opens {@code node}.
   *
   * @param at where a missing field is reported: the mapping's own name
   * @param known the fields there are; empty when every name is a key of the owner's
   */
  static Optional<Fields> of(
      YamlNode node,
      String path,
      Position at,
      List<String> known,
      FaultList faults,
      Map<String, Position> positions) {
    if (!(node instanceof Mapping mapping)) {
      String expected = known.isEmpty() ? "names with values" : "the fields " + all(known);
      faults.add(node.at(), path, "expected " + expected + ", got " + node.kind());
      return Optional.empty();
    }
    Fields fields = new Fields(path, at, faults, positions);
    Map<String, Position> firstSeen = new LinkedHashMap<>();
    for (YamlNode.Field field : mapping.fields()) {
      String fieldPath = fields.pathOf(field.name());
      Position before = firstSeen.putIfAbsent(field.name(), field.at());
      if (before != null) {
        faults.add(
            field.at(),
            fieldPath,
            Spelling.quoted(field.name())
                + " stands here twice, first on line "
                + before.line()
                + ": keep one");
      } else if (!known.isEmpty() && !known.contains(field.name())) {
        Spelling.nearest(field.name(), known).ifPresent(fields.misspelt::add);
        faults.add(field.at(), fieldPath, unknown(field.name(), known));
      } else {
        fields.values.put(field.name(), field.value());
        positions.put(fieldPath, field.value().at());
      }
    }
    return Optional.of(fields);
  }

  /** Names in the order written. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  boolean has(String name) {
    return values.containsKey(name) && !(values.get(name) instanceof Absent);
  }

  /** A scalar that {@code parse} turns into a value or refuses in a sentence. */
  <T> Optional<T> text(String name, Function<String, T> parse) {
    return required(name).flatMap(node -> parsed(node, pathOf(name), parse));
  }

  /** A whole number within 64 bits. */
  <T> Optional<T> number(String name, LongFunction<T> accept) {
    return text(name, text -> accept.apply(wholeNumber(text)));
  }

  /** A list of scalars, at least {@code min} of them. */
  <T> Optional<List<T>> texts(String name, int min, Function<String, T> parse) {
    Optional<YamlNode> node = required(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof Listing listing)) {
      faults.add(
          node.get().at(),
          pathOf(name),
          "expected a list such as [a, b], got " + node.get().kind());
      return Optional.empty();
    }
    if (listing.items().size() < min) {
      faults.add(listing.at(), pathOf(name), "the list is empty: name at least " + min);
      return Optional.empty();
    }
    List<T> parsed = new ArrayList<>();
    for (int i = 0; i < listing.items().size(); i++) {
      parsed(listing.items().get(i), pathOf(name) + "[" + i + "]", parse).ifPresent(parsed::add);
    }
    return parsed.size() == listing.items().size() ? Optional.of(parsed) : Optional.empty();
  }

  /** A nested mapping. */
  Optional<Fields> mapping(String name, List<String> known) {
    return required(name)
        .flatMap(node -> of(node, pathOf(name), node.at(), known, faults, positions));
  }

  /**
   * Makes a value of fields that were all read; what only shows in their combination is reported at
   * the mapping.
   */
  <T> Optional<T> together(Supplier<T> make) {
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException e) {
      faults.add(at, path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Reports something about the field {@code name}, at its value. */
  void fault(String name, String sentence) {
    faults.add(positions.getOrDefault(pathOf(name), at), pathOf(name), sentence);
  }

  private Optional<YamlNode> required(String name) {
    YamlNode node = values.get(name);
    if (node != null && !(node instanceof Absent)) {
      return Optional.of(node);
    }
    // A misspelt name was told where it stands; that it is missing too would be told twice.
    if (!misspelt.contains(name)) {
      faults.add(
          node == null ? at : node.at(),
          pathOf(name),
          (node == null ? "is missing; write " : "has no value; write ")
              + Example.of(pathOf(name)));
    }
    return Optional.empty();
  }

  private <T> Optional<T> parsed(YamlNode node, String nodePath, Function<String, T> parse) {
    positions.put(nodePath, node.at());
    if (!(node instanceof Text text)) {
      faults.add(node.at(), nodePath, "expected a single value, got " + node.kind());
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text.text()));
    } catch (Misplaced e) {
      faults.add(text.of(e.at()), nodePath, String.valueOf(e.getMessage()));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      faults.add(node.at(), nodePath, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static long wholeNumber(String text) {
    if (!text.matches("0|-?[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException(
          Spelling.quoted(text) + " is not a whole number: write digits only, such as 250");
    }
    return Long.parseLong(text);
  }

  private static String unknown(String name, List<String> known) {
    return Spelling.quoted(name)
        + " is not a field here; "
        + Spelling.nearest(name, known)
            .map(meant -> "did you mean " + meant + "?")
            .orElse("there are " + all(known));
  }

  private static String all(List<String> known) {
    return String.join(", ", known);
  }
}
