package org.almoner.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.csv.MalformedCsv;
import org.almoner.tax.meter.MeterReadings;
import org.almoner.tax.pdf.AsianFonts;
import org.almoner.tax.pdf.WorksheetPdf;
import org.almoner.tax.worksheet.Answers;
import org.almoner.tax.worksheet.Contribution;
import org.almoner.tax.worksheet.Metering;
import org.almoner.tax.worksheet.Question;
import org.almoner.tax.worksheet.Reckoning;
import org.almoner.tax.worksheet.Tariff;
import org.almoner.tax.worksheet.Worksheet;
import org.almoner.tax.worksheet.WorksheetLint;
import org.almoner.tax.worksheet.WorksheetRefused;
import org.almoner.tax.worksheet.WorksheetText;
import org.almoner.tax.worksheet.WorksheetWords;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The donor's own record of electricity, made on the donor's computer. */
@Command(
    name = "worksheet",
    mixinStandardHelpOptions = true,
    description = {
      "For donors: reckons, on this computer and from your own files, what electricity your donated",
      "computing took above idle, and what it cost by your own bills. It is your record, not a",
      "document of the charity, and says nothing of tax.",
      "docs/reference/worksheet.md says what the files hold.",
    })
final class WorksheetCommand implements Runnable {
  private static final int YEAR_MIN = 2000;
  private static final int YEAR_MAX = 2200;

  @Option(
      names = "--year",
      paramLabel = "YEAR",
      description = "The calendar year; or --from and --to.")
  private int year;

  @Option(names = "--from", paramLabel = "DAY", description = "First day, such as 2026-04-01.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "Last day, such as 2027-03-31.")
  private @Nullable LocalDate to;

  @Option(
      names = "--statement",
      required = true,
      paramLabel = "FILE",
      description = {
        "Your evidence file (.evidence.zip), which tells hours and days; or your statement (.pdf),"
            + " which tells months alone. Say it twice to give both: then the evidence must be the"
            + " one that belongs to the statement."
      })
  private List<Path> statements = List.of();

  @Option(
      names = "--tariff",
      required = true,
      paramLabel = "BILLS.csv",
      description = "Your prices: from,to,price_per_kwh,currency,bill.")
  private Path tariff = Path.of(".");

  @Option(
      names = "--meter",
      paramLabel = "READINGS.csv",
      description = "Readings of one computer's meter, as 'almoner meter import' writes them.")
  private List<Path> meters = List.of();

  @Option(
      names = "--idle-watts",
      paramLabel = "W",
      description = "With --meter: what a computer takes when it is on and idle.")
  private @Nullable BigDecimal idleWatts;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "Your answers, one a line, such as 'bill: me'.")
  private @Nullable Path answers;

  @Option(
      names = "--answer",
      paramLabel = "QUESTION:ANSWER",
      description = "One answer; repeat. Without any, the questions are listed.")
  private List<String> answer = List.of();

  @Option(names = "--name", paramLabel = "NAME", description = "Your name, to stand on it.")
  private String name = "";

  @Option(
      names = "--language",
      paramLabel = "en|de|fr",
      defaultValue = "en",
      description = "In which language (default: ${DEFAULT-VALUE}).")
  private String language = "en";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.pdf",
      description = "Where to write it; must not be there yet.")
  private Path out = Path.of(".");

  @Option(names = "--csv", paramLabel = "FILE", description = "Also writes the rows as a table.")
  private @Nullable Path csv;

  @Mixin private Printed printed = new Printed();

  @Override
  public void run() {
    boolean json = printed.json();
    WorksheetWords words = words();
    try {
      Answers given = Answers.parse(answerLines());
      DonorsPapers papers = DonorsPapers.read(statements);
      Contribution contribution = papers.contribution(first(), last());
      List<MeterReadings> readings = readings();
      Reckoning reckoning = new Reckoning(contribution, readings);
      Metering metering = new Metering(readings, idle(reckoning));
      Worksheet sheet = Worksheet.reckon(reckoning, metering, tariff(), given);
      WorksheetText text = new WorksheetText(sheet, words, name, LocalDate.now(Clock.systemUTC()));
      byte[] pdf =
          new WorksheetPdf(
                  new WorksheetLint(papers.foreign(), papers.charity()),
                  AsianFonts.in(AsianFonts.DEBIAN))
              .render(text);
      write(out, pdf);
      if (csv != null) {
        write(csv, sheet.csv());
      }
      say(sheet, json);
    } catch (WorksheetRefused e) {
      throw Failure.wrongUse(e.reasons());
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private WorksheetWords words() {
    if (!WorksheetWords.LANGUAGES.contains(language)) {
      throw Failure.wrongUse(
          "--language takes " + String.join(", ", WorksheetWords.LANGUAGES) + ", got " + language);
    }
    return WorksheetWords.of(language);
  }

  private List<String> answerLines() {
    List<String> lines = new ArrayList<>();
    if (answers != null) {
      lines.addAll(
          new String(WorksheetFiles.read(answers), StandardCharsets.UTF_8).lines().toList());
    }
    lines.addAll(answer);
    if (lines.isEmpty()) {
      List<String> asked = new ArrayList<>();
      asked.add("some things only you know: answer them with --answer or in a file, --answers");
      for (Question question : Question.values()) {
        asked.add(question.asked());
      }
      throw Failure.wrongUse(asked);
    }
    return lines;
  }

  private LocalDate first() {
    boolean whole = year != 0 && from == null && to == null;
    boolean days = year == 0 && from != null && to != null;
    if (!whole && !days) {
      throw Failure.wrongUse("say the period with --year, or with --from and --to");
    }
    if (from != null) {
      return from;
    }
    if (year < YEAR_MIN || year > YEAR_MAX) {
      throw Failure.wrongUse("--year takes a year such as 2026, got " + year);
    }
    return LocalDate.of(year, 1, 1);
  }

  private LocalDate last() {
    LocalDate begin = first();
    LocalDate end = to == null ? LocalDate.of(year, 12, 31) : to;
    long days = ChronoUnit.DAYS.between(begin, end) + 1;
    if (days < 1 || days > Worksheet.DAYS_MAX) {
      throw Failure.wrongUse(
          "the period "
              + begin
              + " to "
              + end
              + " has "
              + days
              + " days; 1 to "
              + Worksheet.DAYS_MAX
              + " fit on a worksheet");
    }
    return end;
  }

  private List<MeterReadings> readings() {
    List<MeterReadings> all = new ArrayList<>();
    for (Path path : meters) {
      try {
        all.addAll(MeterReadings.parse(WorksheetFiles.read(path)));
      } catch (MalformedCsv e) {
        throw Failure.failed(path + ", " + e.getMessage());
      }
    }
    return all;
  }

  private BigDecimal idle(Reckoning reckoning) {
    if (meters.isEmpty()) {
      if (idleWatts != null) {
        throw Failure.wrongUse(
            "--idle-watts goes with --meter: the computers' own reports are above idle already");
      }
      return BigDecimal.ZERO;
    }
    if (idleWatts != null) {
      return idleWatts;
    }
    OptionalLong quiet = reckoning.quietMilliwatts();
    throw Failure.wrongUse(
        "with --meter say what the computer takes when it is on and idle, --idle-watts W"
            + (quiet.isPresent()
                ? "; while no unit ran your meter read "
                    + BigDecimal.valueOf(quiet.getAsLong(), 3).toPlainString()
                    + " W in the middle of all readings, which is the idle level if the computer"
                    + " was on then"
                : ""));
  }

  private Tariff tariff() {
    try {
      return Tariff.parse(WorksheetFiles.read(tariff));
    } catch (MalformedCsv e) {
      throw Failure.failed(tariff + ", " + e.getMessage());
    }
  }

  private static void write(Path path, byte[] octets) {
    try {
      Files.write(path, octets, StandardOpenOption.CREATE_NEW);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw Failure.wrongUse(path + " is there already; name another file");
    } catch (IOException e) {
      throw Failure.failed(path + " cannot be written: " + e.getMessage());
    }
  }

  private void say(Worksheet sheet, boolean json) {
    List<String> why =
        sheet.estimates().stream().map(e -> e.name().toLowerCase(Locale.ROOT)).sorted().toList();
    if (json) {
      System.out.println(
          Printed.line(
              JsonValue.Obj.of()
                  .put("from", sheet.from().toString())
                  .put("to", sheet.to().toString())
                  .put("kwh", sheet.kwh().toPlainString())
                  .put("amount", sheet.amount().toPlainString())
                  .put("currency", sheet.currency())
                  .putTexts("estimate", why)
                  .put("file", out.toString())
                  .build()));
      return;
    }
    System.out.println(
        sheet.kwh().toPlainString()
            + " kWh above idle, "
            + sheet.amount().toPlainString()
            + " "
            + sheet.currency()
            + " by your bills"
            + (sheet.estimates().isEmpty() ? "" : ": AN ESTIMATE, NOT SUBSTANTIATION"));
    System.out.println("written  " + out + (csv == null ? "" : ", " + csv));
  }
}
