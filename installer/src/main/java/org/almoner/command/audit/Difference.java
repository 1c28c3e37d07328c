package org.almoner.command.audit;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * One thing that a line says and that does not hold.
 *
 * @param field of the line, or the paper that is missing
 * @param states what the line says
 * @param found what was found instead, or what is the most possible
 */
record Difference(String field, String states, String found) {
  private static final int TEXT_MAX = 4_000;

  static Difference parse(JsonFields fields) throws MalformedJson {
    Difference difference =
        new Difference(
            fields.text("field", TEXT_MAX),
            fields.freeText("states", TEXT_MAX),
            fields.freeText("found", TEXT_MAX));
    fields.end();
    return difference;
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("field", field)
        .put("states", cut(states))
        .put("found", cut(found))
        .build();
  }

  private static String cut(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }

  @Override
  public String toString() {
    return field + ": the line says " + states + ", found: " + found;
  }
}
