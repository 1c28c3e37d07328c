package org.almoner.protocol.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON value of the kinds our records use: objects, arrays, strings, integers and booleans.
 *
 * <p>There is no null (absence is a missing field) and no fraction (quantities are integers in a
 * unit named by the field).
 */
public sealed interface JsonValue {
  /** Largest magnitude an integer may have: 2^53 - 1, so that every JSON reader agrees on it. */
  long INTEGER_MAX = (1L << 53) - 1;

  /** The kind in words, for messages: "a string", "an object". */
  String kind();

  /** Text of Unicode scalar values. */
  record Text(String value) implements JsonValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A whole number, at most {@link #INTEGER_MAX} in magnitude. */
  record Int(long value) implements JsonValue {
    /** Refuses what other JSON readers would round. */
    public Int {
      if (value > INTEGER_MAX || value < -INTEGER_MAX) {
        throw new IllegalArgumentException(
            value + " is beyond 2^53-1, the largest integer every JSON reader agrees on");
      }
    }

    @Override
    public String kind() {
      return "an integer";
    }
  }

  /** True or false. */
  record Bool(boolean value) implements JsonValue {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** An ordered list. */
  record Array(List<JsonValue> items) implements JsonValue {
    /** Copies {@code items}. */
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "an array";
    }
  }

  /** Named fields, kept in canonical order: names compared by UTF-16 code units. */
  record Obj(Map<String, JsonValue> fields) implements JsonValue {
    /** Copies {@code fields} into canonical order. */
    public Obj {
      fields = Fields.of(fields);
    }

    /** Starts an object. */
    public static Builder of() {
      return new Builder();
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /** Collects fields, none twice; the order of the calls does not matter. */
  final class Builder {
    private final Fields.Building fields = new Fields.Building();

    private Builder() {}

    /** Adds a field. */
    public Builder put(String name, JsonValue value) {
      fields.add(name, value);
      return this;
    }

    /** Adds text. */
    public Builder put(String name, String value) {
      return put(name, new Text(value));
    }

    /** Adds an integer. */
    public Builder put(String name, long value) {
      return put(name, new Int(value));
    }

    /** Adds a boolean. */
    public Builder put(String name, boolean value) {
      return put(name, new Bool(value));
    }

    /** Adds a list of texts. */
    public Builder putTexts(String name, List<String> values) {
      List<JsonValue> texts = new ArrayList<>(values.size());
      for (String value : values) {
        texts.add(new Text(value));
      }
      return put(name, new Array(texts));
    }

    /** Adds a list. */
    public Builder put(String name, List<? extends JsonValue> values) {
      return put(name, (JsonValue) new Array(List.copyOf(values)));
    }

    /**
     * The finished object.
     *
     * @throws IllegalStateException when a field was put twice
     */
    public Obj build() {
      return new Obj(fields.finish());
    }
  }
}
