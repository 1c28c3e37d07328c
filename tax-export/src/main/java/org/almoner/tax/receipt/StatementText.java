package org.almoner.tax.receipt;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.tax.jurisdiction.Condition;
import org.almoner.tax.jurisdiction.Label;
import org.almoner.tax.jurisdiction.Measure;
import org.almoner.tax.jurisdiction.Paper;
import org.almoner.tax.jurisdiction.Part;
import org.almoner.tax.jurisdiction.Placeholder;
import org.almoner.tax.jurisdiction.Printed;
import org.almoner.tax.jurisdiction.Quantity;
import org.almoner.tax.jurisdiction.Wording;

/**
 * Every text of a statement, ready to be drawn: the facts of a {@link StatementPage} in the words
 * of a {@link Wording}.
 *
 * <p>What is drawn and what the lint reads ({@link #printed}) are the same strings.
 */
public final class StatementText {
  /** Tier of what only the donor's computer can know: device time and memory. */
  private static final String REPORTED = "reported";

  private final StatementPage page;
  private final Wording wording;
  private final Quantities totals;
  private final Figures cpu;
  private final Figures gpu;
  private final Figures memory;
  private final Figures energy;

  /** The texts of {@code page} in {@code wording}. */
  public StatementText(StatementPage page, Wording wording) {
    this.page = page;
    this.wording = wording;
    this.totals = page.given();
    this.cpu = column(Figures.MS_PER_HOUR, given -> given.cpu().totalMs());
    this.gpu = column(Figures.MS_PER_HOUR, Quantities::gpuMs);
    this.memory = column(Figures.MIB_MS_PER_GIB_HOUR, Quantities::memoryMibMs);
    this.energy =
        Figures.column(
            Figures.JOULES_PER_KWH,
            page.months().stream()
                .flatMap(line -> line.given().joules().values().stream())
                .toList(),
            wording.notation());
  }

  /**
   * A caption with the fact beside it.
   *
   * @param label the caption
   * @param value the fact
   */
  public record Fact(String label, String value) {}

  /** The paper it is set for. */
  public Paper paper() {
    return wording.paper();
  }

  /** Language of the texts, a BCP 47 tag. */
  public String language() {
    return wording.language();
  }

  /** The document's title. */
  public String title() {
    return wording.title(periodName());
  }

  /** Registered name of the charity. */
  public String charityName() {
    return page.charity().legalName();
  }

  /** Address, contact and registration of the charity, and facts that its profile prints. */
  public List<String> charityLines() {
    List<String> lines = new ArrayList<>(page.charity().addressLines());
    lines.add(page.charity().contact());
    lines.add(page.charity().registration());
    lines.addAll(wording.facts());
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }

  /** Name of the donor. */
  public String donorName() {
    return page.donor().displayName();
  }

  /** Address of the donor; may be empty. */
  public List<String> donorLines() {
    return page.donor().addressLines();
  }

  /** Number, dates and references. */
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            wording.numberLabel(),
            page.number().isEmpty() ? label(Label.UNNUMBERED) : page.number()));
    if (!page.replaces().isEmpty()) {
      facts.add(new Fact(label(Label.REPLACES), page.replaces()));
    }
    facts.add(new Fact(label(Label.ISSUED), day(page.issued())));
    facts.add(
        new Fact(
            label(Label.PERIOD),
            day(page.period().from()) + " " + label(Label.TO) + " " + day(page.period().to())));
    facts.add(new Fact(label(Label.DONOR_REFERENCE), page.donorReference()));
    facts.add(
        new Fact(label(Label.SOFTWARE), page.software().name() + " " + page.software().version()));
    return List.copyOf(facts);
  }

  /**
   * What stands across the page, and the sentence that says what it means; empty on a document as
   * it is issued.
   */
  public Optional<Fact> mark() {
    return switch (page.mark()) {
      case NONE -> Optional.empty();
      case SPECIMEN ->
          Optional.of(new Fact(label(Label.MARK_SPECIMEN), label(Label.SPECIMEN_NOTE)));
      case RUNNING -> Optional.of(new Fact(label(Label.MARK_RUNNING), label(Label.RUNNING_NOTE)));
      case COPY -> Optional.of(new Fact(label(Label.MARK_COPY), label(Label.COPY_NOTE)));
    };
  }

  /** Heads of the table's columns. */
  public List<String> columns() {
    return List.of(
        label(Label.MONTH),
        label(Label.CPU),
        label(Label.GPU),
        label(Label.MEMORY),
        label(Label.ENERGY),
        label(Label.RESULTS));
  }

  /** One row for each month. */
  public List<List<String>> rows() {
    return page.months().stream()
        .map(line -> row(name(line.month()), line.given(), line.accepted(), line.returned()))
        .toList();
  }

  /** The row of sums. */
  public List<String> totalRow() {
    return row(label(Label.TOTAL), totals, page.accepted(), page.returned());
  }

  /**
   * How much each tier of this statement has and what it means; days, computers, and why results do
   * not count.
   */
  public List<String> tierLines() {
    List<String> lines = new ArrayList<>();
    for (Outcome.Tier tier : page.cpuTiers()) {
      lines.add(
          label(Label.CPU)
              + ", "
              + tier
              + label(Label.COLON)
              + cpu.print(totals.cpu().ms(tier))
              + ". "
              + label(Label.valueOf("TIER_" + tier)));
    }
    if (totals.gpuMs() > 0 || totals.memoryMibMs() > 0) {
      lines.add(label(Label.REPORTED));
    }
    if (!totals.joules().isEmpty()) {
      lines.add(
          label(Label.ENERGY_TIERS)
              + label(Label.COLON)
              + totals.joules().entrySet().stream()
                  .map(
                      entry ->
                          entry.getKey()
                              + " "
                              + label(Label.valueOf("TIER_" + entry.getKey()))
                              + " "
                              + energy.print(entry.getValue())
                              + " kWh")
                  .collect(Collectors.joining("; ")));
    }
    lines.add(activity());
    return lines;
  }

  private String activity() {
    List<String> parts = new ArrayList<>();
    parts.add(label(Label.ACTIVE_DAYS) + label(Label.COLON) + count(page.tally().days()));
    parts.add(label(Label.COMPUTERS) + label(Label.COLON) + count(page.tally().devices()));
    if (!page.tally().excluded().isEmpty()) {
      parts.add(
          label(Label.EXCLUDED)
              + label(Label.COLON)
              + page.tally().excluded().entrySet().stream()
                  .map(
                      entry ->
                          label(Label.valueOf("EXCLUDED_" + entry.getKey()))
                              + " "
                              + count(entry.getValue()))
                  .collect(Collectors.joining(", ")));
    }
    return String.join(" · ", parts);
  }

  /** The profile's sentences, filled. */
  public List<String> sentences() {
    return wording.sentences(holding(), fillings());
  }

  private Set<Condition> holding() {
    return Condition.holding(
        page.benefits(), !page.replaces().isEmpty(), page.settings().openPeriod());
  }

  /** The operator's settings that are not the defaults; empty when all are. */
  public List<String> settings() {
    List<String> differ = page.settings().deviations();
    return differ.isEmpty()
        ? List.of()
        : List.of(label(Label.SETTINGS) + " " + String.join(", ", differ));
  }

  /** Where the public log holds it, and how to check that. */
  public List<Fact> evidence() {
    LogEvidence log = page.evidence();
    return List.of(
        new Fact(label(Label.LOG), log.origin()),
        new Fact(label(Label.ENTRY), count(log.leafIndex())),
        new Fact(
            label(Label.CHECKPOINT),
            day(log.checkpointDate()) + ", " + label(Label.TREE) + " " + count(log.treeSize())),
        new Fact(label(Label.ROOT), log.root().toHex()),
        new Fact(label(Label.ENTRIES), log.entries().toHex()),
        new Fact(label(Label.PROFILE), wording.source()),
        new Fact(
            label(Label.CHECK),
            label(page.mark().unnumbered() ? Label.CHECK_NOTHING : Label.CHECK_HOW)));
  }

  /** What the code for a machine says. */
  public StatementCode code() {
    return StatementCode.of(page);
  }

  /** Whether the page is to be sealed; one to look at is not, and does not say so. */
  public boolean isSealed() {
    return !page.mark().unnumbered();
  }

  /** Caption of the seal. */
  public String seal() {
    return wording.label(Label.SEAL, Map.of(Placeholder.CHARITY, charityName()));
  }

  /** Footer of one page. */
  public String footer(int number, int pages, List<String> attached) {
    List<String> parts = new ArrayList<>();
    parts.add(number(page.number().isEmpty() ? label(Label.UNNUMBERED) : page.number()));
    parts.add(
        wording.label(
            Label.PAGE,
            Map.of(
                Placeholder.PAGE, Integer.toString(number),
                Placeholder.PAGES, Integer.toString(pages))));
    if (!attached.isEmpty()) {
      parts.add(label(Label.ATTACHED) + label(Label.COLON) + String.join(", ", attached));
    }
    return String.join(" · ", parts);
  }

  private String number(String number) {
    return wording.numberLabel() + " " + number;
  }

  /** A caption of the profile. */
  public String label(Label label) {
    return wording.label(label);
  }

  /** Number of the statement. */
  public String number() {
    return page.number();
  }

  /** Date of issue. */
  public LocalDate issued() {
    return page.issued();
  }

  /**
   * The document as the lint reads it.
   *
   * @param attached names of the attachments, which the footer shows
   */
  public Printed printed(List<String> attached) {
    List<Printed.Line> lines = new ArrayList<>();
    lines.add(new Printed.Line(Part.TITLE, title()));
    lines.add(new Printed.Line(Part.CHARITY, charityName()));
    charityLines().forEach(line -> lines.add(new Printed.Line(Part.CHARITY, line)));
    lines.add(new Printed.Line(Part.DONOR, donorName()));
    donorLines().forEach(line -> lines.add(new Printed.Line(Part.DONOR, line)));
    lines.add(new Printed.Line(Part.NUMBER, number(page.number())));
    sentences().forEach(line -> lines.add(new Printed.Line(Part.SENTENCE, line)));
    captions(attached).forEach(line -> lines.add(new Printed.Line(Part.LABEL, line)));
    return new Printed(
        periodName(),
        page.period().from(),
        page.period().to(),
        page.settings().openPeriod(),
        page.issued(),
        page.evidence().checkpointDate(),
        page.mark() == PageMark.SPECIMEN,
        page.benefits(),
        holding(),
        fillings(),
        lines,
        quantities());
  }

  private List<String> captions(List<String> attached) {
    List<String> lines = new ArrayList<>();
    for (Label heading :
        List.of(
            Label.DONATED_BY,
            Label.QUANTITIES,
            Label.STATEMENTS,
            Label.EVIDENCE,
            Label.SEAL_HINT,
            Label.MARK,
            Label.CODE)) {
      lines.add(label(heading));
    }
    mark().ifPresent(mark -> lines.addAll(List.of(mark.label(), mark.value())));
    facts().forEach(fact -> lines.add(fact.label() + " " + fact.value()));
    lines.addAll(columns());
    rows().forEach(lines::addAll);
    lines.addAll(totalRow());
    lines.addAll(tierLines());
    lines.addAll(settings());
    evidence().forEach(fact -> lines.add(fact.label() + " " + fact.value()));
    if (isSealed()) {
      lines.add(seal());
    }
    lines.add(footer(1, 1, attached));
    return lines;
  }

  private List<Quantity> quantities() {
    List<Quantity> all = new ArrayList<>();
    for (MonthTotal line : page.months()) {
      String month = line.month().toString();
      Quantities given = line.given();
      for (Outcome.Tier tier : Outcome.Tier.values()) {
        if (given.cpu().ms(tier) > 0) {
          all.add(new Quantity(Measure.CPU_MS, month, given.cpu().ms(tier), tier.name()));
        }
      }
      all.add(new Quantity(Measure.GPU_MS, month, given.gpuMs(), REPORTED));
      all.add(new Quantity(Measure.MEMORY_MIB_MS, month, given.memoryMibMs(), REPORTED));
      given
          .joules()
          .forEach(
              (tier, joules) ->
                  all.add(new Quantity(Measure.ENERGY_JOULES, month, joules, tier.name())));
      all.add(new Quantity(Measure.RESULTS_ACCEPTED, month, line.accepted(), ""));
      all.add(new Quantity(Measure.RESULTS_RETURNED, month, line.returned(), ""));
    }
    return all;
  }

  private Map<Placeholder, String> fillings() {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    values.put(Placeholder.PERIOD, periodName());
    values.put(Placeholder.CHARITY, charityName());
    values.put(Placeholder.DONOR, donorName());
    values.put(Placeholder.SOFTWARE, page.software().name());
    values.put(Placeholder.VERSION, page.software().version());
    values.put(Placeholder.TIERS, tiers());
    values.put(Placeholder.ACCEPTED, count(page.accepted()));
    values.put(Placeholder.RETURNED, count(page.returned()));
    values.put(Placeholder.DAYS, count(page.tally().days()));
    values.put(Placeholder.DEVICES, count(page.tally().devices()));
    values.put(Placeholder.REPLACED, page.replaces());
    values.put(Placeholder.ISSUED, day(page.issued()));
    values.put(Placeholder.FROM, day(page.period().from()));
    values.put(Placeholder.TO, day(page.period().to()));
    values.put(Placeholder.BENEFITS, page.benefits().words(wording).orElse(""));
    return values;
  }

  private String tiers() {
    List<String> names = new ArrayList<>();
    page.cpuTiers().forEach(tier -> names.add(tier.name()));
    totals.joules().keySet().forEach(tier -> names.add(tier.name()));
    return names.isEmpty() ? label(Label.NO_READING) : String.join(", ", names);
  }

  private List<String> row(String name, Quantities given, long accepted, long returned) {
    return List.of(
        name,
        cpu.print(given.cpu().totalMs()),
        gpu.print(given.gpuMs()),
        memory.print(given.memoryMibMs()),
        given.joules().isEmpty() ? label(Label.NO_READING) : energy.print(joules(given)),
        count(accepted) + " " + label(Label.OF) + " " + count(returned));
  }

  private static long joules(Quantities given) {
    return given.joules().values().stream().reduce(0L, Math::addExact);
  }

  private String name(YearMonth month) {
    return page.period().withinOneYear()
        ? wording.notation().name(month.getMonthValue())
        : wording.notation().of(month);
  }

  private String day(LocalDate day) {
    return wording.notation().of(day);
  }

  private String count(long number) {
    return wording.notation().number(Long.toString(number));
  }

  private String periodName() {
    return page.period().words(label(Label.TO), wording.notation());
  }

  private Figures column(long divisor, ToLongFunction<Quantities> amount) {
    return Figures.column(
        divisor,
        page.months().stream().map(line -> amount.applyAsLong(line.given())).toList(),
        wording.notation());
  }
}
