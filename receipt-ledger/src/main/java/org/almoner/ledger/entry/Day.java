package org.almoner.ledger.entry;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The UTC date from which on entries were added; dates in a log never go back.
 *
 * @param date years 1970 to 9999
 */
public record Day(LocalDate date) {
  /** Refuses years that are not four digits. */
  public Day {
    if (date.getYear() < 1970 || date.getYear() > 9999) {
      throw new IllegalArgumentException("a day lies in the years 1970 to 9999, got " + date);
    }
  }

  /** Reads an entry of kind day. */
  public static Day parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.DAY);
    try {
      Day day = new Day(LocalDate.parse(fields.text("date", 10)));
      fields.end();
      return day;
    } catch (MalformedJson | DateTimeException | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind DAY: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(Kind.DAY, JsonValue.Obj.of().put("date", date.toString()).build());
  }
}
