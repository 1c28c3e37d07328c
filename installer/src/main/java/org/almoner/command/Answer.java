package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** Takes what a coordinator answered apart; what does not fit ends the command with a sentence. */
final class Answer {
  /** Reads a value out of fields. */
  @FunctionalInterface
  interface Reading<T> {
    T of(JsonFields fields) throws MalformedJson;
  }

  private Answer() {}

  static <T> T read(JsonFields fields, Reading<T> reading) {
    try {
      return reading.of(fields);
    } catch (MalformedJson e) {
      throw Failure.failed("the coordinator's answer does not fit: " + e.getMessage());
    }
  }

  static <T> T read(JsonValue value, Reading<T> reading) {
    if (value instanceof JsonValue.Obj object) {
      return read(JsonFields.of(object), reading);
    }
    throw Failure.failed("the coordinator's answer does not fit: expected an object");
  }

  static <T> List<T> list(JsonValue value, Reading<T> reading) {
    if (!(value instanceof JsonValue.Array array)) {
      throw Failure.failed("the coordinator's answer does not fit: expected an array");
    }
    List<T> list = new ArrayList<>();
    for (JsonValue item : array.items()) {
      list.add(read(item, reading));
    }
    return list;
  }

  static String text(JsonFields fields, String name) {
    return read(fields, f -> f.freeText(name, 10_000));
  }
}
