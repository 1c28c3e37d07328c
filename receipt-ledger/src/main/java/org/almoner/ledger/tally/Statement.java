package org.almoner.ledger.tally;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What one donor gave in one period: a pure function of a prefix of the log and of openings.
 *
 * @param origin the log
 * @param number the document's number
 * @param from first day of the period, UTC
 * @param to last day of the period, UTC
 * @param software what counted, name and version
 * @param maturitySeconds the operator's setting when the lines were settled
 * @param openPeriod whether the period had not closed when this was drawn up
 * @param logSize entries of the log prefix
 * @param logRoot its RFC 6962 root
 * @param lines digest of the accepted lines: SHA-256 over, for each in order of the log, its index
 *     as 8 octets big-endian and its leaf hash
 * @param months one for each month with a logged line, in order
 * @param releases one for each release with a line that counts, in order of their digests
 * @param evidence SHA-256 of the evidence file, whole: it has no second form either
 */
public record Statement(
    String origin,
    String number,
    DonorId donor,
    LocalDate from,
    LocalDate to,
    String software,
    long maturitySeconds,
    boolean openPeriod,
    long logSize,
    Hash logRoot,
    Hash lines,
    List<MonthTotal> months,
    List<ReleaseTotal> releases,
    Hash evidence) {
  /** Most months in one statement. */
  public static final int MONTHS_MAX = 24;

  /** Most releases in one statement. */
  public static final int RELEASES_MAX = 2_000;

  private static final long MAX = JsonValue.INTEGER_MAX;

  /**
   * Refuses a period that ends before it starts, months out of order or outside it, and releases
   * that do not add up to the months.
   */
  public Statement {
    months = List.copyOf(months);
    releases = List.copyOf(releases);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the period ends " + to + ", before it starts " + from);
    }
    YearMonth last = YearMonth.from(from).minusMonths(1);
    for (MonthTotal total : months) {
      if (!total.month().isAfter(last) || total.month().isAfter(YearMonth.from(to))) {
        throw new IllegalArgumentException(
            "month " + total.month() + " is out of order or outside " + from + " to " + to);
      }
      last = total.month();
    }
    if (releases.size() > RELEASES_MAX) {
      throw new IllegalArgumentException(
          "a statement has at most " + RELEASES_MAX + " releases, got " + releases.size());
    }
    requireOrder(releases);
    Quantities byRelease =
        releases.stream().map(ReleaseTotal::given).reduce(Quantities.NONE, Quantities::plus);
    long counted = releases.stream().mapToLong(ReleaseTotal::accepted).sum();
    if (!byRelease.equals(given(months)) || counted != accepted(months)) {
      throw new IllegalArgumentException("the releases do not add up to the months");
    }
  }

  private static void requireOrder(List<ReleaseTotal> releases) {
    for (int i = 1; i < releases.size(); i++) {
      Hash release = releases.get(i).release();
      if (releases.get(i - 1).release().compareTo(release) >= 0) {
        throw new IllegalArgumentException("releases are not in order at " + release);
      }
    }
  }

  /** Sums over all months. */
  public Quantities given() {
    return given(months);
  }

  private static Quantities given(List<MonthTotal> months) {
    return months.stream().map(MonthTotal::given).reduce(Quantities.NONE, Quantities::plus);
  }

  private static long accepted(List<MonthTotal> months) {
    return months.stream().mapToLong(MonthTotal::accepted).sum();
  }

  /** Lines that count. */
  public long accepted() {
    return accepted(months);
  }

  /** All lines logged in the period. */
  public long returned() {
    return months.stream().mapToLong(MonthTotal::returned).sum();
  }

  /** Reads the record that {@link #toJson} writes. */
  public static Statement parse(JsonFields fields) throws MalformedJson {
    List<MonthTotal> months = new ArrayList<>();
    for (JsonFields month : fields.objects("months", 0, MONTHS_MAX)) {
      months.add(MonthTotal.parse(month));
    }
    List<ReleaseTotal> releases = new ArrayList<>();
    for (JsonFields release : fields.objects("releases", 0, RELEASES_MAX)) {
      releases.add(ReleaseTotal.parse(release));
    }
    try {
      Statement statement =
          new Statement(
              fields.text("origin", 200),
              fields.text("number", 64),
              fields.parsed("donor", DonorId::parseHex),
              fields.parsed("from", Statement::date),
              fields.parsed("to", Statement::date),
              fields.text("software", 100),
              fields.integer("maturitySeconds", 0, MAX),
              fields.bool("openPeriod"),
              fields.integer("logSize", 0, MAX),
              fields.hash("logRoot"),
              fields.hash("lines"),
              months,
              releases,
              fields.hash("evidence"));
      fields.end();
      return statement;
    } catch (IllegalArgumentException e) {
      throw fields.at("months", String.valueOf(e.getMessage()));
    }
  }

  /** The record a commitment of kind statement covers, in canonical form. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("number", number)
        .put("donor", donor.toHex())
        .put("from", from.toString())
        .put("to", to.toString())
        .put("software", software)
        .put("maturitySeconds", maturitySeconds)
        .put("openPeriod", openPeriod)
        .put("logSize", logSize)
        .put("logRoot", logRoot.toHex())
        .put("lines", lines.toHex())
        .put("months", months.stream().map(MonthTotal::toJson).toList())
        .put("releases", releases.stream().map(ReleaseTotal::toJson).toList())
        .put("evidence", evidence.toHex())
        .build();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a date like 2026-11-20, got " + text, e);
    }
  }
}
