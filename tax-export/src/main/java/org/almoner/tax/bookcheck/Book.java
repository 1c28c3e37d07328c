package org.almoner.tax.bookcheck;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** A register's file, read line by line; what cannot be so is a finding, and reading goes on. */
final class Book {
  private static final int TEXT_MAX = 1_000;

  /** The states that may follow each. */
  private static final Map<String, Set<String>> NEXT =
      Map.of(
          "RESERVED", Set.of("SEALED", "CANCELLED", "ERASED"),
          "SEALED", Set.of("ISSUED", "ERASED"),
          "ISSUED", Set.of("REPLACED", "CANCELLED", "KEPT", "ERASED"),
          "REPLACED", Set.of("KEPT", "ERASED"),
          "CANCELLED", Set.of("KEPT", "ERASED"),
          "KEPT", Set.of("ERASED"),
          "ERASED", Set.of());

  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<Integer, LocalDate> closed = new TreeMap<>();
  private final Map<String, Misstated> misstated = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Operators operators = new Operators(findings);

  /** What a document says otherwise: of which day, and when that was entered. */
  private record Misstated(LocalDate given, LocalDate on) {}

  static Book read(Path file) throws IOException {
    Book book = new Book();
    if (!Files.exists(file)) {
      return book;
    }
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        book.take(++number, line);
      }
    }
    book.gaps();
    book.overlaps();
    book.successors();
    book.misstatements();
    return book;
  }

  Iterable<Page> pages() {
    return pages.values();
  }

  int size() {
    return pages.size();
  }

  /** The last entry of the log that any document's newest line names; -1 for none. */
  long lastEntry() {
    return pages.values().stream().mapToLong(Page::lastEntry).max().orElse(-1);
  }

  /** Who was added as an operator, and when, one line each. */
  List<String> operators() {
    return operators.added();
  }

  List<Finding> findings() {
    return findings;
  }

  private void take(long number, String line) {
    try {
      JsonFields fields =
          JsonFields.of(JsonParser.parseObject(line.getBytes(StandardCharsets.UTF_8)));
      if (fields.has("closed")) {
        int year = fields.smallInteger("closed", 0, 9999);
        LocalDate on = LocalDate.parse(fields.text("on", 10));
        fields.end();
        closed.putIfAbsent(year, on);
      } else if (fields.has("misstated")) {
        String about = fields.text("misstated", TEXT_MAX);
        Misstated wrong =
            new Misstated(
                LocalDate.parse(fields.text("given", 10)), LocalDate.parse(fields.text("on", 10)));
        fields.end();
        misstated.putIfAbsent(about, wrong);
      } else if (fields.has("state")) {
        Page page = page(number, fields);
        LocalDate on = LocalDate.parse(fields.text("on", 10));
        fields.end();
        take(page, on);
      } else if (!operators.take(fields)) {
        find(Finding.Kind.LINE, "line " + number, "no line of a register has this form");
      }
    } catch (MalformedJson | DateTimeException | IllegalArgumentException e) {
      find(Finding.Kind.LINE, "line " + number, String.valueOf(e.getMessage()));
    }
  }

  private static Page page(long line, JsonFields fields) throws MalformedJson {
    String unused = text(fields, "profile") + text(fields, "keepUntil");
    String number = fields.text("number", TEXT_MAX);
    int dash = number.lastIndexOf('-');
    return new Page(
        line,
        number,
        fields.has("series")
            ? fields.text("series", TEXT_MAX)
            : number.substring(0, dash + 1) + "#",
        fields.has("serial")
            ? fields.integer("serial", 1, JsonValue.INTEGER_MAX)
            : Long.parseLong(number.substring(dash + 1)),
        fields.text("donor", TEXT_MAX),
        text(fields, "profile"),
        LocalDate.parse(fields.text("from", 10)),
        LocalDate.parse(fields.text("to", 10)),
        fields.text("state", TEXT_MAX),
        fields.hash("pdf").toHex(),
        text(fields, "replaces"),
        text(fields, "by"),
        text(fields, "reason"),
        entry(fields, "statement"),
        opening(fields, "receipt"),
        entry(fields, "change"),
        fields.has("fourEyes") && fields.bool("fourEyes"));
  }

  private static String text(JsonFields fields, String name) throws MalformedJson {
    return fields.has(name) ? fields.text(name, TEXT_MAX) : "";
  }

  private static long entry(JsonFields fields, String name) throws MalformedJson {
    return fields.has(name) ? fields.integer(name, 0, JsonValue.INTEGER_MAX) : -1;
  }

  private static Page.Opening opening(JsonFields fields, String name) throws MalformedJson {
    if (!fields.has(name)) {
      return Page.Opening.NONE;
    }
    JsonFields place = fields.object(name);
    Page.Opening opening =
        new Page.Opening(
            place.integer("leaf", 0, JsonValue.INTEGER_MAX), place.hash("salt").toHex());
    place.end();
    return opening;
  }

  private void take(Page page, LocalDate on) {
    Page before = pages.put(page.number(), page);
    if (before == null) {
      first(page, on);
      return;
    }
    if (!same(before, page)) {
      find(
          Finding.Kind.NUMBER_TWICE,
          page.number(),
          "line "
              + page.line()
              + " is about another donor, period or place in the sequence than line "
              + before.line());
      return;
    }
    boolean sealsAgain = !before.was("RESERVED") && !before.pdf().equals(page.pdf());
    if (!NEXT.getOrDefault(before.state(), Set.of()).contains(page.state()) || sealsAgain) {
      find(
          Finding.Kind.STEP,
          page.number(),
          "line "
              + page.line()
              + " makes it "
              + page.state()
              + ", line "
              + before.line()
              + " had it "
              + before.state()
              + (sealsAgain ? " with another file" : ""));
    }
    if (before.was("ISSUED") && (page.was("CANCELLED") || page.was("REPLACED"))) {
      operators.changed(page);
    }
    if (page.was("CANCELLED") && page.reason().isBlank()) {
      find(Finding.Kind.STEP, page.number(), "it was cancelled without a reason");
    }
  }

  private void first(Page page, LocalDate on) {
    String serial = String.format(Locale.ROOT, "%06d", page.serial());
    if (!page.series().replace("#", serial).equals(page.number())) {
      find(
          Finding.Kind.GAP,
          page.number(),
          "line "
              + page.line()
              + " puts it at place "
              + page.serial()
              + " of "
              + page.series()
              + ", where another number belongs");
    }
    if (!page.was("RESERVED")) {
      find(
          Finding.Kind.STEP,
          page.number(),
          "line " + page.line() + " makes it " + page.state() + "; it was never reserved");
    }
    LocalDate closedOn = closed.get(page.to().getYear());
    if (closedOn != null && page.replaces().isEmpty()) {
      find(
          Finding.Kind.CLOSED,
          page.number(),
          "it was begun on " + on + ", the year was closed on " + closedOn);
    }
  }

  private static boolean same(Page one, Page other) {
    return one.donor().equals(other.donor())
        && one.from().equals(other.from())
        && one.to().equals(other.to())
        && one.series().equals(other.series())
        && one.serial() == other.serial()
        && one.replaces().equals(other.replaces())
        && one.fourEyes() == other.fourEyes();
  }

  private void gaps() {
    Map<String, TreeSet<Long>> series = new TreeMap<>();
    for (Page page : pages.values()) {
      if (!series.computeIfAbsent(page.series(), s -> new TreeSet<>()).add(page.serial())) {
        find(
            Finding.Kind.NUMBER_TWICE,
            page.number(),
            "another number is at place " + page.serial() + " of " + page.series() + " too");
      }
    }
    series.forEach(
        (name, serials) -> {
          long expected = 1;
          for (long serial : serials) {
            if (serial != expected) {
              find(
                  Finding.Kind.GAP,
                  name,
                  "no line tells what became of "
                      + (serial - expected)
                      + " number(s) before the one at place "
                      + serial);
            }
            expected = serial + 1;
          }
        });
  }

  private void overlaps() {
    Map<String, List<Page>> donors = new HashMap<>();
    for (Page page : pages.values()) {
      boolean waits = !page.replaces().isEmpty() && !isDone(page.replaces());
      if (!page.isWithdrawn() && !page.was("ERASED") && !waits) {
        List<Page> others = donors.computeIfAbsent(page.donor(), d -> new ArrayList<>());
        for (Page other : others) {
          if (page.sharesADayWith(other)) {
            find(
                Finding.Kind.OVERLAP,
                page.number(),
                other.number() + " stands for days of the same donor too");
          }
        }
        others.add(page);
      }
    }
  }

  private boolean isDone(String number) {
    Page page = pages.get(number);
    return page == null || page.isWithdrawn() || page.was("ERASED");
  }

  private void successors() {
    for (Page page : pages.values()) {
      Page next = pages.get(page.by());
      if (!page.by().isEmpty() && (next == null || !next.replaces().equals(page.number()))) {
        find(
            Finding.Kind.STEP,
            page.number(),
            "it is said to be replaced by " + page.by() + ", which does not say so");
      }
      Page old = pages.get(page.replaces());
      if (!page.replaces().isEmpty()
          && (old == null || !old.donor().equals(page.donor()) || !old.sharesADayWith(page))) {
        find(
            Finding.Kind.STEP,
            page.number(),
            "it is said to stand for "
                + page.replaces()
                + (old == null
                    ? ", of which no line tells"
                    : ", which is another donor's or of other days"));
      }
    }
  }

  private void misstatements() {
    misstated.forEach(
        (number, wrong) -> {
          Page page = pages.get(number);
          if (page == null) {
            find(
                Finding.Kind.LINE, number, "it is said to be misstated, and it was never reserved");
          } else if (page.was("ISSUED") || page.was("SEALED")) {
            find(
                Finding.Kind.BENEFIT,
                number,
                "what its donor was given on "
                    + wrong.given()
                    + " was entered or removed on "
                    + wrong.on()
                    + ", after it was sealed: it says otherwise; replace it");
          }
        });
  }

  private void find(Finding.Kind kind, String about, String sentence) {
    findings.add(new Finding(kind, about, sentence));
  }
}
