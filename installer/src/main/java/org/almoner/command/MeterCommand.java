package org.almoner.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.csv.MalformedCsv;
import org.almoner.tax.meter.MeterInterval;
import org.almoner.tax.meter.PlugExport;
import org.almoner.tax.meter.PlugQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Readings of the donor's own meter at the wall. */
@Command(
    name = "meter",
    mixinStandardHelpOptions = true,
    description = "For donors: brings readings of a meter at the wall into one form.",
    subcommands = MeterCommand.Import.class)
final class MeterCommand {
  private static final long MS_PER_MINUTE = 60_000;

  private MeterCommand() {}

  /** Reads what a smart plug exports. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Reads what a smart plug exported as CSV; writes what 'almoner worksheet --meter' takes.",
        "Shelly's, Tasmota's, Home Assistant's, or any other with a column of times and one of a"
            + " counter, of power or of energy by interval. Says what was understood."
      })
  static final class Import implements Runnable {
    @Parameters(paramLabel = "PLUG.csv", description = "What the plug, or its app, exported.")
    private Path file = Path.of(".");

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "Where to write the readings; must not be there yet.")
    private Path out = Path.of(".");

    @Option(
        names = "--computer",
        paramLabel = "ID",
        description = {
          "The computer behind the plug: the first 8 or more digits of its identifier. Not needed"
              + " when you have one computer."
        })
    private String computer = "";

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "Where times are local when they name no zone, such as Europe/Berlin.")
    private String zone = "";

    @Option(names = "--time-column", paramLabel = "NAME", description = "The column of times.")
    private String timeColumn = "";

    @Option(names = "--value-column", paramLabel = "NAME", description = "The column to read.")
    private String valueColumn = "";

    @Option(
        names = "--kind",
        paramLabel = "counter|power|interval",
        description = "What that column holds.")
    private String kind = "";

    @Option(names = "--unit", paramLabel = "kWh|Wh|W", description = "In what it is.")
    private String unit = "";

    @Option(
        names = "--entity",
        paramLabel = "NAME",
        description = "Which sensor, when the column entity_id names several.")
    private String entity = "";

    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      boolean json = printed.json();
      PlugExport read = read();
      try {
        Files.write(out, read.readings().octets(), StandardOpenOption.CREATE_NEW);
      } catch (IOException e) {
        throw Failure.failed(out + " cannot be written: " + reason(e));
      }
      if (json) {
        System.out.println(Printed.line(json(read)));
        return;
      }
      List<MeterInterval> intervals = read.readings().intervals();
      System.out.println("understood  " + read.understood());
      System.out.println(
          "read        "
              + intervals.size()
              + " intervals"
              + (intervals.isEmpty()
                  ? ""
                  : " from "
                      + Instant.ofEpochMilli(intervals.get(0).fromMs())
                      + " to "
                      + Instant.ofEpochMilli(intervals.get(intervals.size() - 1).toMs())));
      System.out.println(
          "left out    "
              + read.gaps()
              + " gaps, together "
              + read.gapMs() / MS_PER_MINUTE
              + " minutes; "
              + read.resets()
              + " times the counter fell");
      months(intervals)
          .forEach((month, kwh) -> System.out.println(month + "     " + kwh + " kWh in all"));
      System.out.println("written     " + out + " (everything that went through the meter)");
    }

    private PlugExport read() {
      try {
        List<ZoneId> zones = zone.isEmpty() ? List.of() : List.of(ZoneId.of(zone));
        return PlugExport.read(
            WorksheetFiles.read(file),
            new PlugQuestion(timeColumn, valueColumn, kind, unit, entity, zones, computer));
      } catch (DateTimeException e) {
        throw Failure.wrongUse(
            "--zone takes a name such as Europe/Berlin or UTC, got \"" + zone + "\"");
      } catch (MalformedCsv e) {
        throw Failure.failed(file + ", " + e.getMessage());
      }
    }

    private static Map<YearMonth, BigDecimal> months(List<MeterInterval> intervals) {
      Map<YearMonth, Long> sums = new TreeMap<>();
      for (MeterInterval interval : intervals) {
        YearMonth month =
            YearMonth.from(
                Instant.ofEpochMilli(interval.fromMs()).atOffset(ZoneOffset.UTC).toLocalDate());
        sums.merge(month, interval.millijoules(), Math::addExact);
      }
      Map<YearMonth, BigDecimal> months = new TreeMap<>();
      sums.forEach((month, millijoules) -> months.put(month, kwh(millijoules)));
      return months;
    }

    private static BigDecimal kwh(long millijoules) {
      return BigDecimal.valueOf(millijoules)
          .divide(
              BigDecimal.valueOf(1_000 * MeterInterval.MILLIJOULES_PER_WH),
              3,
              RoundingMode.HALF_UP);
    }

    private static JsonValue.Obj json(PlugExport read) {
      List<JsonValue> months = new java.util.ArrayList<>();
      months(read.readings().intervals())
          .forEach(
              (month, kwh) ->
                  months.add(
                      JsonValue.Obj.of()
                          .put("month", month.toString())
                          .put("kwh", kwh.toPlainString())
                          .build()));
      return JsonValue.Obj.of()
          .put("understood", read.understood())
          .put("intervals", read.readings().intervals().size())
          .put("resets", read.resets())
          .put("gaps", read.gaps())
          .put("gapMs", read.gapMs())
          .put("months", months)
          .build();
    }

    private static String reason(IOException e) {
      return e instanceof java.nio.file.FileAlreadyExistsException
          ? "it is there already; name another file"
          : String.valueOf(e.getMessage());
    }
  }
}
