package org.almoner.tax.donor;

import java.time.LocalDate;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What a donor agreed to, and when.
 *
 * @param on the day
 * @param to in words, such as {@code documents by name, terms of 2026-01}, 1 to {@link #TO_MAX}
 *     characters
 */
public record Consent(LocalDate on, String to) {
  /** Longest text of what was agreed to, in characters. */
  public static final int TO_MAX = 200;

  public Consent {
    to = Donor.line("consent", to, TO_MAX);
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Consent parse(JsonFields fields) throws MalformedJson {
    LocalDate on = fields.parsed("on", Donor::day);
    String to = fields.text("to", TO_MAX);
    fields.end();
    try {
      return new Consent(on, to);
    } catch (IllegalArgumentException e) {
      throw fields.at("to", String.valueOf(e.getMessage()));
    }
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("on", on.toString()).put("to", to).build();
  }
}
