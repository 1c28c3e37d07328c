package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * The last look at a document before it is made: what a charity may not put its name under is
 * refused here, whatever let it come this far.
 *
 * <p>The refusals are those of the design, T1 to T20:
 *
 * <ul>
 *   <li>In the words of the page, in every language there are rules for: T1 amounts of money, T2
 *       words of tax relief, T3 market values, T4 the nothing-in-return line while the benefits
 *       register is unread or not empty, T5 titles, numbers and forms of official receipts, T8 idle
 *       load, wear, hardware, internet and fixed charges among the captions, T12 issue for another
 *       entity, T16 promises, T17 tax numbers of donors, T18 conversion of amounts, T20 filing.
 *   <li>In its figures and dates: T10 a profile that is not in force or not reviewed, T11 a date of
 *       issue before the end of the period (of a period that is open: before its beginning), before
 *       a month it shows or before the cited checkpoint, T13 a month counted twice, T19 quantities
 *       without tier or period, negative or physically impossible ones.
 *   <li>Elsewhere: T10 the charity's standing and the donor's residence in {@link Gate} ({@code
 *       GateTests}); T11 silent edits and reused numbers and T13 the same gift on two documents in
 *       the register ({@code ReceiptRegisterTests}); T6, T7, T9, T14 and T15 in the donor's
 *       worksheet ({@code tax.worksheet}); a profile for an official receipt or for waived expenses
 *       is refused when it is read ({@code ProfileTests}).
 * </ul>
 *
 * <p>The sentences of the profile are reviewed text: on the page they are compared word for word
 * ({@link Rule#PROFILE}). They may speak of tax where the same sentence denies it, and name no
 * money. Names and addresses come from people, so they are searched like anything else.
 */
public final class Lint {
  /** Highest mean power, in watts, of a computer with one core lent, measured at the wall. */
  public static final int WATTS_PER_CORE_MAX = 500;

  /** Highest mean power of one GPU, in watts. */
  public static final int WATTS_PER_GPU_MAX = 2000;

  /** Most cores one donor can lend at a time. */
  public static final int CPU_CORES_MAX = 1_000_000;

  /** Most GPUs one donor can lend at a time. */
  public static final int GPU_DEVICES_MAX = 100_000;

  private final Wording wording;

  /** A lint for documents in {@code wording}. */
  public Lint(Wording wording) {
    this.wording = wording;
  }

  /** Everything that speaks against the document; empty when it may be made. */
  public List<Refusal> check(Printed printed) {
    List<Refusal> found = new ArrayList<>();
    for (Printed.Line line : printed.lines()) {
      found.addAll(PhraseRules.check(line));
      found.addAll(profilePhrases(line));
    }
    for (Map.Entry<Placeholder, String> filling : printed.fillings().entrySet()) {
      Printed.Line line = new Printed.Line(Part.FILLING, filling.getValue());
      boolean estimate = wording.estimates() && filling.getKey() == Placeholder.BENEFITS;
      PhraseRules.check(line).stream()
          .filter(refusal -> !(estimate && refusal.rule() == Rule.T1))
          .forEach(found::add);
      found.addAll(profilePhrases(line));
    }
    wording.lines().forEach(line -> found.addAll(PhraseRules.check(line)));
    found.addAll(sentences(printed));
    found.addAll(title(printed));
    found.addAll(dates(printed));
    found.addAll(benefits(printed));
    found.addAll(QuantityRules.check(printed));
    return found.stream().distinct().toList();
  }

  private List<Refusal> profilePhrases(Printed.Line line) {
    List<Refusal> found = new ArrayList<>();
    if (line.part() == Part.SENTENCE) {
      return found;
    }
    String words = PhraseRules.words(line);
    for (ForbiddenPhrase phrase : wording.forbidden()) {
      Matcher matcher = phrase.pattern().matcher(words);
      if (matcher.find()) {
        found.add(
            new Refusal(
                Rule.T2,
                "\""
                    + matcher.group()
                    + "\" in "
                    + line.part().where()
                    + " ("
                    + phrase.reason()
                    + ")"));
      }
    }
    return found;
  }

  private List<Refusal> sentences(Printed printed) {
    List<Refusal> found = new ArrayList<>();
    Set<String> expected;
    try {
      expected = new HashSet<>(wording.sentences(printed.holding(), printed.fillings()));
    } catch (IllegalArgumentException e) {
      found.add(new Refusal(Rule.PROFILE, String.valueOf(e.getMessage())));
      return found;
    }
    Set<String> missing = new HashSet<>(expected);
    for (Printed.Line line : printed.lines()) {
      if (line.part() == Part.SENTENCE) {
        missing.remove(line.text());
        if (!expected.contains(line.text())) {
          found.add(new Refusal(Rule.PROFILE, "\"" + line.text() + "\" is not in the profile"));
        }
      }
    }
    for (String sentence : missing) {
      found.add(new Refusal(Rule.PROFILE, "\"" + sentence + "\" is not on the page"));
    }
    return found;
  }

  private List<Refusal> title(Printed printed) {
    String expected = wording.title(printed.periodName());
    List<String> titles =
        printed.lines().stream()
            .filter(line -> line.part() == Part.TITLE)
            .map(Printed.Line::text)
            .toList();
    return titles.equals(List.of(expected))
        ? List.of()
        : List.of(new Refusal(Rule.T5, "the title is " + titles + ", not \"" + expected + "\""));
  }

  private List<Refusal> dates(Printed printed) {
    List<Refusal> found = new ArrayList<>();
    LocalDate issued = printed.issued();
    if (issued.isBefore(wording.effectiveFrom())) {
      found.add(
          new Refusal(
              Rule.T10,
              "issued " + issued + ", the profile is in force from " + wording.effectiveFrom()));
    }
    if (issued.isAfter(wording.effectiveTo())) {
      found.add(
          new Refusal(
              Rule.T10,
              "issued " + issued + ", the profile was in force until " + wording.effectiveTo()));
    }
    if (wording.specimenOnly() && !printed.specimen()) {
      found.add(
          new Refusal(
              Rule.T10,
              "no lawyer's review of profile "
                  + wording.profile()
                  + " is on file, and the page is not marked as a specimen"));
    }
    LocalDate covered = printed.periodOpen() ? printed.from().minusDays(1) : printed.to();
    if (!issued.isAfter(covered)) {
      found.add(
          new Refusal(
              Rule.T11, "issued " + issued + " for " + printed.from() + " to " + printed.to()));
    }
    for (Quantity quantity : printed.quantities()) {
      if (quantity.month().filter(month -> month.isAfter(YearMonth.from(issued))).isPresent()) {
        found.add(
            new Refusal(Rule.T11, "issued " + issued + " with figures of " + quantity.period()));
      }
    }
    if (issued.isBefore(printed.checkpoint())) {
      found.add(
          new Refusal(
              Rule.T11, "issued " + issued + " before its checkpoint of " + printed.checkpoint()));
    }
    return found;
  }

  private List<Refusal> benefits(Printed printed) {
    String said = printed.fillings().getOrDefault(Placeholder.BENEFITS, "");
    String none = wording.label(Label.NONE_RECORDED);
    String known = printed.benefits().words(wording).orElse("");
    if (known.isEmpty()) {
      return List.of(
          new Refusal(
              Rule.T4, "the benefits register was not read, or not confirmed to " + printed.to()));
    }
    if (printed.benefits() instanceof Benefits.Unconfirmed && wording.deniesBenefits()) {
      return List.of(
          new Refusal(
              Rule.T4,
              "nobody confirmed that the benefits register is complete to " + printed.to()));
    }
    List<String> bare = printed.benefits().withoutEstimate();
    if (wording.estimates() && !bare.isEmpty()) {
      return List.of(
          new Refusal(
              Rule.T4,
              "profile "
                  + wording.profile()
                  + " asks for an estimate of the value of each benefit, and none is entered for "
                  + String.join("; ", bare)
                  + "; remove it from the benefits register and enter it again with its estimate"));
    }
    boolean denied = printed.benefits() instanceof Benefits.Given && said.equals(none);
    return known.equals(said) && !denied
        ? List.of()
        : List.of(
            new Refusal(Rule.T4, "the page says \"" + said + "\", the register \"" + known + "\""));
  }
}
