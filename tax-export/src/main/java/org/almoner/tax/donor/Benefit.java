package org.almoner.tax.donor;

import java.time.LocalDate;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Something the charity gave a donor.
 *
 * @param on the day
 * @param what in words, without an amount, 1 to {@link #WHAT_MAX} characters
 * @param estimate its value in good faith, with its currency, as the operator wrote it; empty when
 *     none was made. Printed only where a profile asks for it
 */
public record Benefit(LocalDate on, String what, String estimate) {
  /** Longest description, in characters. */
  public static final int WHAT_MAX = 100;

  /** Longest estimate, in characters. */
  public static final int ESTIMATE_MAX = 40;

  public Benefit {
    what = Donor.line("benefit", what, WHAT_MAX);
    estimate = estimate.isBlank() ? "" : Donor.line("estimate", estimate, ESTIMATE_MAX);
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Benefit parse(JsonFields fields) throws MalformedJson {
    LocalDate on = fields.parsed("on", Donor::day);
    String what = fields.text("what", WHAT_MAX);
    String estimate = fields.has("estimate") ? fields.text("estimate", ESTIMATE_MAX) : "";
    fields.end();
    try {
      return new Benefit(on, what, estimate);
    } catch (IllegalArgumentException e) {
      throw fields.at("what", String.valueOf(e.getMessage()));
    }
  }

  /** One object; an estimate that was not made is left out. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of().put("on", on.toString()).put("what", what);
    if (!estimate.isEmpty()) {
      out.put("estimate", estimate);
    }
    return out.build();
  }
}
