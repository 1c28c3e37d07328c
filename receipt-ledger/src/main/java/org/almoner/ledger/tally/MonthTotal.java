package org.almoner.ledger.tally;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What one donor gave in one calendar month, UTC.
 *
 * @param given sums over the accepted lines alone
 * @param accepted lines that count
 * @param returned all lines that were logged, accepted or not, but right answers of starter units
 */
public record MonthTotal(YearMonth month, Quantities given, long accepted, long returned) {
  /** Refuses more accepted than returned. */
  public MonthTotal {
    if (accepted < 0 || accepted > returned) {
      throw new IllegalArgumentException(
          "accepted " + accepted + " must lie between 0 and returned " + returned);
    }
  }

  /** Reads the object that {@link #toJson} writes. */
  public static MonthTotal parse(JsonFields fields) throws MalformedJson {
    long returned = fields.integer("returned", 0, JsonValue.INTEGER_MAX);
    MonthTotal total =
        new MonthTotal(
            fields.parsed("month", MonthTotal::month),
            Quantities.parse(fields.object("given")),
            fields.integer("accepted", 0, returned),
            returned);
    fields.end();
    return total;
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("month", month.toString())
        .put("given", given.toJson())
        .put("accepted", accepted)
        .put("returned", returned)
        .build();
  }

  private static YearMonth month(String text) {
    try {
      YearMonth month = YearMonth.parse(text);
      if (month.toString().equals(text)) {
        return month;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a month like 2026-11, got " + text, e);
    }
    throw new IllegalArgumentException("expected a month like 2026-11, got " + text);
  }
}
