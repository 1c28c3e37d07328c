package org.almoner.ledger.entry;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What was given to one project in one period, once so many donors stand behind it that the sum
 * tells of none of them.
 *
 * @param project its name, 1 to {@value #PROJECT_MAX} characters
 * @param from first day, UTC; a line belongs to the day of its end
 * @param to last day, UTC
 * @param lines lines that count
 * @param donors distinct donors behind them, at least {@value #DONORS_MIN}
 * @param cpu their processor time as it is credited
 */
public record Totals(
    String project, LocalDate from, LocalDate to, long lines, long donors, CpuTime cpu) {
  /** Fewest donors behind a total. */
  public static final int DONORS_MIN = 10;

  /** Longest name of a project, in characters. */
  public static final int PROJECT_MAX = 100;

  /** Refuses a period that ends before it begins, and sums that could tell of one donor. */
  public Totals {
    from = new Day(from).date();
    to = new Day(to).date();
    if (project.isEmpty() || project.length() > PROJECT_MAX) {
      throw new IllegalArgumentException(
          "a project's name has 1 to " + PROJECT_MAX + " characters, got " + project.length());
    }
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the period ends " + to + ", before it begins " + from);
    }
    if (donors < DONORS_MIN) {
      throw new IllegalArgumentException(
          "at least " + DONORS_MIN + " donors stand behind a total, got " + donors);
    }
    if (lines < donors) {
      throw new IllegalArgumentException(
          donors + " donors have at least as many lines, got " + lines);
    }
  }

  /** Reads an entry of kind totals. */
  public static Totals parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.TOTALS);
    try {
      Totals read =
          new Totals(
              fields.text("project", PROJECT_MAX),
              LocalDate.parse(fields.text("from", 10)),
              LocalDate.parse(fields.text("to", 10)),
              fields.integer("lines", 0, JsonValue.INTEGER_MAX),
              fields.integer("donors", 0, JsonValue.INTEGER_MAX),
              CpuTime.parse(fields.object("cpuMs")));
      fields.end();
      return read;
    } catch (MalformedJson | DateTimeException | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind TOTALS: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    return Entry.ofRecord(
        Kind.TOTALS,
        JsonValue.Obj.of()
            .put("project", project)
            .put("from", from.toString())
            .put("to", to.toString())
            .put("lines", lines)
            .put("donors", donors)
            .put("cpuMs", cpu.toJson())
            .build());
  }
}
