package org.almoner.ledger.tally;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
 * @param profile whose words the document uses: id, version and SHA-256 of its file
 * @param maturitySeconds the operator's setting when the lines were settled
 * @param openPeriod whether the period had not closed when this was drawn up
 * @param logSize entries of the log prefix
 * @param logRoot its RFC 6962 root
 * @param tally what the lines of the period add up to
 * @param evidence SHA-256 of the evidence file, whole: it has no second form either
 */
public record Statement(
    String origin,
    String number,
    DonorId donor,
    LocalDate from,
    LocalDate to,
    String software,
    String profile,
    long maturitySeconds,
    boolean openPeriod,
    long logSize,
    Hash logRoot,
    Tally tally,
    Hash evidence) {
  /** Most months in one statement. */
  public static final int MONTHS_MAX = 24;

  private static final long MAX = JsonValue.INTEGER_MAX;

  /** Refuses a period that ends before it starts, and months out of order or outside it. */
  public Statement {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the period ends " + to + ", before it starts " + from);
    }
    YearMonth last = YearMonth.from(from).minusMonths(1);
    for (MonthTotal total : tally.months()) {
      if (!total.month().isAfter(last) || total.month().isAfter(YearMonth.from(to))) {
        throw new IllegalArgumentException(
            "month " + total.month() + " is out of order or outside " + from + " to " + to);
      }
      last = total.month();
    }
    long length = ChronoUnit.DAYS.between(from, to) + 1;
    if (tally.days() > length) {
      throw new IllegalArgumentException(
          tally.days() + " days with a line that counts do not fit into " + from + " to " + to);
    }
  }

  /** Digest of the lines that count. */
  public Hash lines() {
    return tally.lines();
  }

  /** One for each month with a logged line, in order. */
  public List<MonthTotal> months() {
    return tally.months();
  }

  /** One for each release with a line that counts, in order of their digests. */
  public List<ReleaseTotal> releases() {
    return tally.releases();
  }

  /** Sums over all months. */
  public Quantities given() {
    return tally.given();
  }

  /** Lines that count. */
  public long accepted() {
    return tally.accepted();
  }

  /** All lines logged in the period. */
  public long returned() {
    return tally.returned();
  }

  /** Reads the record that {@link #toJson} writes. */
  public static Statement parse(JsonFields fields) throws MalformedJson {
    List<MonthTotal> months = new ArrayList<>();
    for (JsonFields month : fields.objects("months", 0, MONTHS_MAX)) {
      months.add(MonthTotal.parse(month));
    }
    List<ReleaseTotal> releases = new ArrayList<>();
    for (JsonFields release : fields.objects("releases", 0, Tally.RELEASES_MAX)) {
      releases.add(ReleaseTotal.parse(release));
    }
    Map<Exclusion, Long> excluded = excluded(fields.object("excluded"));
    try {
      Statement statement =
          new Statement(
              fields.text("origin", 200),
              fields.text("number", 64),
              fields.parsed("donor", DonorId::parseHex),
              fields.parsed("from", Statement::date),
              fields.parsed("to", Statement::date),
              fields.text("software", 100),
              fields.text("profile", 200),
              fields.integer("maturitySeconds", 0, MAX),
              fields.bool("openPeriod"),
              fields.integer("logSize", 0, MAX),
              fields.hash("logRoot"),
              new Tally(
                  fields.hash("lines"),
                  months,
                  releases,
                  excluded,
                  fields.integer("days", 0, MAX),
                  fields.integer("devices", 0, MAX)),
              fields.hash("evidence"));
      fields.end();
      return statement;
    } catch (IllegalArgumentException e) {
      throw fields.at("months", String.valueOf(e.getMessage()));
    }
  }

  private static Map<Exclusion, Long> excluded(JsonFields fields) throws MalformedJson {
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    for (Exclusion reason : Exclusion.values()) {
      if (fields.has(reason.text())) {
        excluded.put(reason, fields.integer(reason.text(), 1, MAX));
      }
    }
    fields.end();
    return excluded;
  }

  /** The record a commitment of kind statement covers, in canonical form. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder excluded = JsonValue.Obj.of();
    tally.excluded().forEach((reason, lines) -> excluded.put(reason.text(), lines));
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("number", number)
        .put("donor", donor.toHex())
        .put("from", from.toString())
        .put("to", to.toString())
        .put("software", software)
        .put("profile", profile)
        .put("maturitySeconds", maturitySeconds)
        .put("openPeriod", openPeriod)
        .put("logSize", logSize)
        .put("logRoot", logRoot.toHex())
        .put("lines", lines().toHex())
        .put("months", months().stream().map(MonthTotal::toJson).toList())
        .put("releases", releases().stream().map(ReleaseTotal::toJson).toList())
        .put("excluded", excluded.build())
        .put("days", tally.days())
        .put("devices", tally.devices())
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
