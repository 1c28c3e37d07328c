package org.almoner.workload.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.workload.yaml.YamlNode.Position;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document into {@link YamlNode}s.
 *
 * <p>The files of this house need mappings, lists and scalars. Anchors, aliases, tags and further
 * documents are faults: none is needed, and aliases can make a small file mean a very large one.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
 */
public final class YamlText {
  /** Longest file that is read at all. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  /** Deepest nesting. */
  public static final int DEPTH_MAX = 16;

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private final YAMLParser parser;
  private final List<String> lines;
  private final Complaints faults;

  private YamlText(YAMLParser parser, String text, Complaints faults) {
    this.parser = parser;
    this.lines = List.of(text.split("\r\n|\r|\n", -1));
    this.faults = faults;
  }

  /**
   * The document's root, {@link YamlNode.Absent} when nothing stands in it; or nothing after the
   * fault that made reading on impossible.
   */
  public static Optional<YamlNode> read(byte[] octets, Complaints faults) {
    if (octets.length > FILE_BYTES_MAX) {
      faults.add(
          Position.START,
          "",
          "the file has "
              + octets.length
              + " octets; at most "
              + FILE_BYTES_MAX
              + " are read: put long lists into input files");
      return Optional.empty();
    }
    Optional<String> text = decode(octets, faults);
    if (text.isEmpty() || !printable(text.get(), faults)) {
      return Optional.empty();
    }
    try (YAMLParser parser = YAML.createParser(text.get())) {
      return new YamlText(parser, text.get(), faults).document();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  private static Optional<String> decode(byte[] octets, Complaints faults) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(octets.length + 1);
    var result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    try {
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      faults.add(
          positionOf(text, text.length()),
          "",
          "the octet here is not UTF-8: save the file in the encoding UTF-8");
      return Optional.empty();
    }
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static boolean printable(String text, Complaints faults) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean plain = c == '\n' || c == '\r' || c == '\t' || c == 0x85;
      if (!plain && (Character.isISOControl(c) || c == 0xFEFF || (c >= 0xFFFE && c <= 0xFFFF))) {
        faults.add(
            positionOf(text, i),
            "",
            String.format("the character U+%04X cannot be printed: delete it", c));
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private static Position positionOf(String text, int index) {
    String before = text.substring(0, index);
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Position(line, 1 + before.codePointCount(lineStart, index));
  }

  private Optional<YamlNode> document() throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Optional.of(new YamlNode.Absent(Position.START));
      }
      YamlNode root = node(first, "");
      if (parser.nextToken() != null) {
        faults.add(here(), "", "a second document begins here: keep one to a file");
      }
      return Optional.of(root);
    } catch (StreamConstraintsException e) {
      faults.add(
          locationOr(parser.currentTokenLocation()), "", "the nesting is deeper than " + DEPTH_MAX);
    } catch (JsonProcessingException e) {
      faults.add(position(e), "", "this is not YAML: " + problem(e));
    }
    return Optional.empty();
  }

  private YamlNode node(JsonToken token, String path) throws IOException {
    refuseReferences(path);
    if (parser.getTypeId() != null) {
      faults.add(here(), path, "tags (!name) are not read: write the value without one");
    }
    Position at = here();
    if (token == JsonToken.START_OBJECT) {
      List<YamlNode.Field> fields = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        Position nameAt = here();
        String inner = path.isEmpty() ? name : path + "." + name;
        refuseReferences(inner);
        fields.add(new YamlNode.Field(nameAt, name, node(parser.nextToken(), inner)));
      }
      return new YamlNode.Mapping(at, List.copyOf(fields));
    }
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        items.add(node(next, path + "[" + items.size() + "]"));
      }
      return new YamlNode.Listing(at, List.copyOf(items));
    }
    if (token == JsonToken.VALUE_NULL) {
      return new YamlNode.Absent(at);
    }
    String value = parser.getText();
    return new YamlNode.Text(at, lead(at, value), value);
  }

  private int lead(Position at, String value) {
    String line = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
    int from = at.column() - 1;
    if (line.startsWith(value, from)) {
      return 0;
    }
    boolean quoted = line.startsWith("\"", from) || line.startsWith("'", from);
    return quoted && line.startsWith(value, from + 1) ? 1 : -1;
  }

  private void refuseReferences(String path) throws IOException {
    if (parser.isCurrentAlias()) {
      faults.add(here(), path, "aliases (*name) are not read: write the value out");
    } else if (parser.getObjectId() != null) {
      faults.add(here(), path, "anchors (&name) are not read: write the value without one");
    }
  }

  private Position here() {
    return locationOr(parser.currentTokenLocation());
  }

  private static Position locationOr(JsonLocation location) {
    return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** Jackson names the last good token; the scanner under it knows where the problem is. */
  private Position position(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
    return e.getLocation() == null ? here() : locationOr(e.getLocation());
  }

  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
      String context = marked.getContext() == null ? "" : marked.getContext() + ", ";
      return (context + marked.getProblem()).replaceAll("\\s+", " ");
    }
    String message = e.getOriginalMessage();
    return message.startsWith("Expected a field name")
        ? "a field's name must be plain text"
        : message.lines().findFirst().orElse("unreadable");
  }
}
