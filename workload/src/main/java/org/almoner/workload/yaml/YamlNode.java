package org.almoner.workload.yaml;

import java.util.List;

/** A piece of YAML that remembers where it stood. Scalars keep the text as written. */
public sealed interface YamlNode {
  /** Where it begins. */
  Position at();

  /** What it is, for a sentence: "a list". */
  String kind();

  /** Line and column, both counted from 1. */
  record Position(int line, int column) {
    /** Where a file begins. */
    public static final Position START = new Position(1, 1);
  }

  /** Named values in the order written; names may repeat. */
  record Mapping(Position at, List<Field> fields) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A name, where it stands, and its value. */
  record Field(Position at, String name, YamlNode value) {}

  /** Values in order. */
  record Listing(Position at, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * A scalar. YAML's guesses about numbers and words are not followed: {@code 1.10} stays 1.10.
   *
   * @param lead characters before its first one, a quote perhaps; negative when what was written is
   *     not, on one line, what it says
   */
  record Text(Position at, int lead, String text) implements YamlNode {
    /** Where the character at {@code index} of the text stands, as far as it can be told. */
    public Position of(int index) {
      return lead < 0
          ? at
          : new Position(at.line(), at.column() + lead + text.codePointCount(0, index));
    }

    @Override
    public String kind() {
      return "the single value " + Spelling.quoted(text);
    }
  }

  /** Nothing, {@code ~} or {@code null}. */
  record Absent(Position at) implements YamlNode {
    @Override
    public String kind() {
      return "nothing";
    }
  }
}
