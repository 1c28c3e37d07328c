package org.almoner.protocol.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Takes an object's fields one by one, each by its type and bounds, and refuses what is left over.
 *
 * <p>Every refusal names the field by its path, what came and what was expected.
 */
public final class JsonFields {
  private final Fields fields;
  private final String path;
  private final boolean[] taken;

  private JsonFields(JsonValue.Obj object, String path) {
    this.fields = Fields.of(object.fields());
    this.path = path;
    this.taken = new boolean[fields.size()];
  }

  /** Reads a whole record. */
  public static JsonFields of(JsonValue.Obj object) {
    return new JsonFields(object, "");
  }

  /** Whether the field is there; a field asked for and absent is no fault. */
  public boolean has(String name) {
    return fields.find(name) >= 0;
  }

  /** Text of 1 to {@code max} UTF-16 units without control characters. */
  public String text(String name, int max) throws MalformedJson {
    String value = rawText(name);
    if (value.isEmpty() || value.length() > max) {
      throw at(name, "expected 1 to " + max + " characters, got " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw at(name, "contains a control character");
      }
    }
    return value;
  }

  /** Text that may be empty or hold control characters, of at most {@code max} UTF-16 units. */
  public String freeText(String name, int max) throws MalformedJson {
    String value = rawText(name);
    if (value.length() > max) {
      throw at(name, "expected at most " + max + " characters, got " + value.length());
    }
    return value;
  }

  /** An integer between {@code min} and {@code max}, both included. */
  public long integer(String name, long min, long max) throws MalformedJson {
    JsonValue value = take(name);
    if (!(value instanceof JsonValue.Int integer)) {
      throw at(name, "expected an integer, got " + value.kind());
    }
    if (integer.value() < min || integer.value() > max) {
      throw at(name, "expected " + min + " to " + max + ", got " + integer.value());
    }
    return integer.value();
  }

  /** As {@link #integer} for the range of an int. */
  public int smallInteger(String name, int min, int max) throws MalformedJson {
    return Math.toIntExact(integer(name, min, max));
  }

  /** True or false. */
  public boolean bool(String name) throws MalformedJson {
    JsonValue value = take(name);
    if (value instanceof JsonValue.Bool bool) {
      return bool.value();
    }
    throw at(name, "expected true or false, got " + value.kind());
  }

  /** 64 lowercase hexadecimal digits. */
  public Hash hash(String name) throws MalformedJson {
    return parsed(name, Hash::parseHex);
  }

  /** Lowercase hexadecimal of exactly {@code octets} octets. */
  public Bytes hex(String name, int octets) throws MalformedJson {
    Bytes value = parsed(name, Bytes::parseHex);
    if (value.size() != octets) {
      throw at(name, "expected " + 2 * octets + " hexadecimal digits, got " + 2 * value.size());
    }
    return value;
  }

  /** Text turned into a value by a factory that throws IllegalArgumentException with a reason. */
  public <T> T parsed(String name, Function<String, T> factory) throws MalformedJson {
    String value = rawText(name);
    try {
      return factory.apply(value);
    } catch (IllegalArgumentException e) {
      throw at(name, String.valueOf(e.getMessage()));
    }
  }

  /** A nested object, to be read with the same strictness. */
  public JsonFields object(String name) throws MalformedJson {
    JsonValue value = take(name);
    if (value instanceof JsonValue.Obj nested) {
      return new JsonFields(nested, path + name + ".");
    }
    throw at(name, "expected an object, got " + value.kind());
  }

  /** The value of a field as it is. */
  public JsonValue value(String name) throws MalformedJson {
    return take(name);
  }

  /** Names of all fields, for objects whose names are data. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** {@code min} to {@code max} nested objects. */
  public List<JsonFields> objects(String name, int min, int max) throws MalformedJson {
    List<JsonFields> list = new ArrayList<>();
    for (JsonValue item : items(name, min, max)) {
      if (!(item instanceof JsonValue.Obj nested)) {
        throw at(name + "[" + list.size() + "]", "expected an object, got " + item.kind());
      }
      list.add(new JsonFields(nested, path + name + "[" + list.size() + "]."));
    }
    return list;
  }

  /** {@code min} to {@code max} texts of at most {@code length} UTF-16 units each. */
  public List<String> texts(String name, int min, int max, int length) throws MalformedJson {
    List<String> list = new ArrayList<>();
    for (JsonValue item : items(name, min, max)) {
      if (!(item instanceof JsonValue.Text text) || text.value().length() > length) {
        throw at(
            name + "[" + list.size() + "]",
            "expected a string of at most " + length + " characters");
      }
      list.add(text.value());
    }
    return list;
  }

  /** Ends the reading: a field nobody asked for is refused. */
  public void end() throws MalformedJson {
    for (int place = 0; place < taken.length; place++) {
      if (!taken[place]) {
        throw new MalformedJson(
            "unknown field "
                + JsonParser.quoted(path + fields.name(place))
                + "; remove it or check its spelling");
      }
    }
  }

  /** A refusal of the field {@code name} of this object. */
  public MalformedJson at(String name, String sentence) {
    return new MalformedJson("field " + JsonParser.quoted(path + name) + ": " + sentence);
  }

  private List<JsonValue> items(String name, int min, int max) throws MalformedJson {
    JsonValue value = take(name);
    if (!(value instanceof JsonValue.Array array)) {
      throw at(name, "expected an array, got " + value.kind());
    }
    int size = array.items().size();
    if (size < min || size > max) {
      throw at(name, "expected " + min + " to " + max + " items, got " + size);
    }
    return array.items();
  }

  private String rawText(String name) throws MalformedJson {
    JsonValue value = take(name);
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw at(name, "expected a string, got " + value.kind());
  }

  private JsonValue take(String name) throws MalformedJson {
    int place = fields.find(name);
    if (place < 0) {
      throw new MalformedJson("field " + JsonParser.quoted(path + name) + " is missing");
    }
    taken[place] = true;
    return fields.value(place);
  }
}
