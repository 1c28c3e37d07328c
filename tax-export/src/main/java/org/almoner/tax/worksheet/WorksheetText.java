package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.protocol.usage.Energy;

/**
 * Every text of a worksheet, ready to be drawn: the figures of a {@link Worksheet} in the words of
 * one language.
 *
 * <p>What is drawn and what the lint reads ({@link #lines}) are the same strings.
 */
public final class WorksheetText {
  /** Longest name of a donor, in characters. */
  public static final int NAME_MAX = 120;

  private static final BigDecimal MS_PER_KWH_OF_A_WATT = new BigDecimal("3600000000");

  private final Worksheet sheet;
  private final WorksheetWords words;
  private final SheetFigures figures;
  private final String name;
  private final LocalDate drawnUp;

  /**
   * A caption with the fact beside it.
   *
   * @param label the caption
   * @param value the fact
   */
  public record Fact(String label, String value) {}

  /**
   * Sentences under a heading.
   *
   * @param heading the heading
   * @param sentences at least one
   */
  public record Section(String heading, List<String> sentences) {}

  /**
   * @param name of the donor, or empty
   * @param drawnUp day of making
   */
  public WorksheetText(Worksheet sheet, WorksheetWords words, String name, LocalDate drawnUp) {
    if (name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a name has at most " + NAME_MAX + " characters and no control characters");
    }
    this.sheet = sheet;
    this.words = words;
    this.figures = new SheetFigures(words);
    this.name = java.text.Normalizer.normalize(name.strip(), java.text.Normalizer.Form.NFC);
    this.drawnUp = drawnUp;
  }

  /** Language of the texts, a BCP 47 tag. */
  public String language() {
    return words.language();
  }

  /** The title. */
  public String title() {
    return words.caption(Caption.TITLE, Map.of("period", period()));
  }

  /** What kind of paper it is, one line. */
  public String subtitle() {
    return words.caption(Caption.SUBTITLE);
  }

  /** Day of making. */
  public LocalDate drawnUp() {
    return drawnUp;
  }

  /** That it is an estimate, and why; empty when it is none. */
  public List<String> banner() {
    if (sheet.estimates().isEmpty()) {
      return List.of();
    }
    List<String> why =
        java.util.Arrays.stream(Estimate.values())
            .filter(sheet.estimates()::contains)
            .map(estimate -> words.caption(caption(estimate)))
            .toList();
    return List.of(
        words.caption(Caption.BANNER),
        words.caption(Caption.BECAUSE) + " " + String.join("; ", why));
  }

  private static Caption caption(Estimate estimate) {
    return switch (estimate) {
      case MODEL -> Caption.MODEL;
      case RATED -> Caption.RATED;
      case TABLE_PRICE -> Caption.TABLE_PRICE;
      case OWN_USE -> Caption.OWN_USE;
    };
  }

  /** Name, period and source. */
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    if (!name.isEmpty()) {
      facts.add(new Fact(words.caption(Caption.RECORD_OF), name));
    }
    facts.add(
        new Fact(
            words.caption(Caption.PERIOD),
            sheet.from() + " " + words.caption(Caption.TO) + " " + sheet.to()));
    facts.add(new Fact(words.caption(Caption.DRAWN_UP), drawnUp.toString()));
    facts.add(
        new Fact(
            words.caption(Caption.OTHERWISE),
            words.caption(sheet.otherwiseOn() ? Caption.OTHERWISE_ON : Caption.OTHERWISE_OFF)));
    facts.add(new Fact(words.caption(Caption.SOURCE), sheet.source().toHex()));
    return facts;
  }

  private String period() {
    boolean year =
        sheet.from().getDayOfYear() == 1
            && sheet.to().equals(sheet.from().plusYears(1).minusDays(1));
    return year
        ? Integer.toString(sheet.from().getYear())
        : sheet.from() + " " + words.caption(Caption.TO) + " " + sheet.to();
  }

  /** Heading of the table. */
  public String tableHeading() {
    return words.caption(Caption.RECKONING);
  }

  /** Heads of the table's columns. */
  public List<String> columns() {
    List<String> heads = new ArrayList<>();
    Map<String, String> currency = Map.of("currency", sheet.currency());
    heads.add(words.caption(Caption.MONTH));
    heads.add(words.caption(Caption.HOURS));
    for (Energy.Tier tier : sheet.tiers()) {
      heads.add(words.caption(Caption.KWH) + " " + tier);
    }
    if (sheet.tiers().size() != 1) {
      heads.add(words.caption(Caption.KWH));
    }
    heads.add(words.caption(Caption.PRICE, currency));
    heads.add(words.caption(Caption.BILL));
    heads.add(words.caption(Caption.AMOUNT, currency));
    return heads;
  }

  /** Place of the column with the names of bills; the others but the first hold figures. */
  public int billColumn() {
    return columns().size() - 2;
  }

  /** The table's rows, with as many cells as there are columns. */
  public List<List<String>> rows() {
    return sheet.rows().stream().map(this::row).toList();
  }

  private List<String> row(WorksheetRow row) {
    List<String> cells = new ArrayList<>();
    cells.add(month(row));
    cells.add(hours(row.computerMs()));
    sheet.tiers().forEach(tier -> cells.add(figures.print(row.kwh(tier))));
    if (sheet.tiers().size() != 1) {
      cells.add(figures.print(row.kwh()));
    }
    cells.add(figures.print(row.bill().price()));
    cells.add(
        row.bill().name() + (row.bill().table() ? " (" + words.caption(Caption.TABLE) + ")" : ""));
    cells.add(figures.print(row.amount()));
    return cells;
  }

  private String hours(long ms) {
    return sheet.hoursKnown() ? figures.hours(ms) : words.caption(Caption.HOURS_UNKNOWN);
  }

  private String month(WorksheetRow row) {
    YearMonth month = YearMonth.from(row.from());
    String word = words.months().get(month.getMonthValue() - 1);
    String named =
        sheet.from().getYear() == sheet.to().getYear() ? word : word + " " + month.getYear();
    boolean whole = row.from().getDayOfMonth() == 1 && row.to().equals(month.atEndOfMonth());
    return whole
        ? named
        : named + " (" + row.from().getDayOfMonth() + "–" + row.to().getDayOfMonth() + ")";
  }

  /** The sums, with as many cells as there are columns. */
  public List<String> totalRow() {
    List<String> cells = new ArrayList<>();
    cells.add(words.caption(Caption.TOTAL));
    cells.add(hours(sheet.computerMs()));
    sheet.tiers().forEach(tier -> cells.add(figures.print(sheet.kwh(tier))));
    if (sheet.tiers().size() != 1) {
      cells.add(figures.print(sheet.kwh()));
    }
    cells.add("");
    cells.add("");
    cells.add(figures.print(sheet.amount()));
    return cells;
  }

  /** What would have to be taken off, all of it nothing: otherwise no worksheet is made. */
  public String less() {
    String nothing = " " + figures.print(BigDecimal.ZERO.setScale(sheet.decimals()));
    return words.caption(Caption.LESS)
        + " "
        + words.caption(Caption.LESS_REIMBURSED)
        + nothing
        + " · "
        + words.caption(Caption.LESS_ELSEWHERE)
        + nothing
        + " · "
        + words.caption(Caption.LESS_OTHERS)
        + nothing;
  }

  /** Everything that is said below the table. */
  public List<Section> sections() {
    return List.of(
        section(Caption.BASIS, basis()),
        section(Caption.STATED, List.of(Sentence.STATED)),
        section(Caption.UNCERTAINTY, uncertainty()),
        section(
            Caption.QUESTIONS,
            List.of(
                Sentence.QUESTION_SERVICE,
                Sentence.QUESTION_LAW,
                Sentence.QUESTION_ANYWAY,
                Sentence.QUESTION_OPEN)),
        section(Caption.EXCLUDED, List.of(Sentence.EXCLUDED)));
  }

  private List<Sentence> basis() {
    List<Sentence> said = new ArrayList<>(List.of(Sentence.ABOVE_IDLE));
    if (metered()) {
      said.add(Sentence.METERED);
    }
    if (sheet.tiers().stream().anyMatch(tier -> tier != Energy.Tier.M1)) {
      said.add(Sentence.REPORTED);
    }
    said.addAll(List.of(Sentence.PRICES, Sentence.ROUNDED, Sentence.DAYS));
    if (sheet.unread() > 0) {
      said.add(Sentence.UNREAD);
    }
    return said;
  }

  private List<Sentence> uncertainty() {
    List<Sentence> said = new ArrayList<>();
    Set<Energy.Tier> tiers = Set.copyOf(sheet.tiers());
    if (tiers.contains(Energy.Tier.M1)) {
      said.add(Sentence.UNCERTAIN_M1);
    }
    if (metered()) {
      said.add(Sentence.UNCERTAIN_IDLE);
    }
    if (sheet.estimates().contains(Estimate.OWN_USE)) {
      said.add(Sentence.UNCERTAIN_USE);
    }
    if (tiers.contains(Energy.Tier.M2)) {
      said.add(Sentence.UNCERTAIN_M2);
    }
    if (tiers.contains(Energy.Tier.M3)) {
      said.add(Sentence.UNCERTAIN_M3);
    }
    if (tiers.contains(Energy.Tier.M4)) {
      said.add(Sentence.UNCERTAIN_M4);
    }
    if (said.isEmpty()) {
      said.add(Sentence.UNREAD);
    }
    return said;
  }

  private boolean metered() {
    return sheet.meteredMs() > 0;
  }

  private Section section(Caption heading, List<Sentence> said) {
    return new Section(
        words.caption(heading),
        said.stream().map(sentence -> words.sentence(sentence, values())).toList());
  }

  private Map<String, String> values() {
    BigDecimal watt =
        BigDecimal.valueOf(sheet.meteredMs())
            .divide(
                MS_PER_KWH_OF_A_WATT, WorksheetRow.KWH_DECIMALS, java.math.RoundingMode.HALF_UP);
    return Map.of(
        "idle", figures.print(sheet.idleWatts()),
        "currency", sheet.currency(),
        "watt", figures.print(watt),
        "unread", figures.print(BigDecimal.valueOf(sheet.unread())),
        "units", figures.print(BigDecimal.valueOf(sheet.units())));
  }

  /** The line at the foot of a page. */
  public String footer(int page, int pages) {
    return words.caption(
        Caption.PAGE, Map.of("page", Integer.toString(page), "pages", Integer.toString(pages)));
  }

  /** Whether the banner must stand on top. */
  boolean estimate() {
    return !sheet.estimates().isEmpty();
  }

  /** Everything that is printed, with where it stands. */
  public List<SheetLine> lines() {
    List<SheetLine> lines = new ArrayList<>();
    lines.add(new SheetLine(SheetPart.TITLE, title()));
    lines.add(new SheetLine(SheetPart.SENTENCE, subtitle()));
    banner().forEach(text -> lines.add(new SheetLine(SheetPart.BANNER, text)));
    for (Fact fact : facts()) {
      lines.add(new SheetLine(SheetPart.LABEL, fact.label()));
      boolean written = fact.value().equals(name);
      lines.add(new SheetLine(written ? SheetPart.DONOR : SheetPart.FIGURE, fact.value()));
    }
    lines.add(new SheetLine(SheetPart.LABEL, tableHeading()));
    columns().forEach(text -> lines.add(new SheetLine(SheetPart.LABEL, text)));
    for (List<String> row : rows()) {
      for (int i = 0; i < row.size(); i++) {
        SheetPart part = i == billColumn() ? SheetPart.DONOR : SheetPart.FIGURE;
        lines.add(new SheetLine(part, row.get(i)));
      }
    }
    totalRow().forEach(text -> lines.add(new SheetLine(SheetPart.FIGURE, text)));
    lines.add(new SheetLine(SheetPart.SENTENCE, less()));
    for (Section section : sections()) {
      lines.add(new SheetLine(SheetPart.SENTENCE, section.heading()));
      section.sentences().forEach(text -> lines.add(new SheetLine(SheetPart.SENTENCE, text)));
    }
    return lines;
  }
}
