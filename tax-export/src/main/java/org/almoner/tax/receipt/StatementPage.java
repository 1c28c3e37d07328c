package org.almoner.tax.receipt;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.Tally;
import org.almoner.tax.jurisdiction.Benefits;

/**
 * Everything a statement shows, and nothing else.
 *
 * <p>Totals are not given but added up, so that they cannot differ from the months.
 *
 * @param charity who issues it
 * @param donor to whom
 * @param number unique number, 1 to 40 of letters, digits, {@code . / -}; empty where the mark
 *     allows it
 * @param issued date of issue, UTC
 * @param period the days covered
 * @param donorReference the donor's pseudonym or a short form of it, at most 64 characters
 * @param software the program that measured
 * @param tally what was given; its months in ascending order, each once and inside the period, at
 *     most {@value #MONTHS_MAX}; a month without a result may be left out
 * @param benefits what the charity gave the donor
 * @param settings the operator's settings
 * @param evidence where the public log holds it
 * @param mark what stands across the page
 * @param replaces number of the document that this one stands for, or empty
 */
public record StatementPage(
    Charity charity,
    Addressee donor,
    String number,
    LocalDate issued,
    Period period,
    String donorReference,
    Software software,
    Tally tally,
    Benefits benefits,
    OperatorSettings settings,
    LogEvidence evidence,
    PageMark mark,
    String replaces) {

  /** Most months on one statement. */
  public static final int MONTHS_MAX = Statement.MONTHS_MAX;

  public StatementPage {
    if (!number.isEmpty() || !mark.unnumbered()) {
      requireNumber(number);
    }
    if (!replaces.isEmpty()) {
      requireNumber(replaces);
    }
    donorReference = PlainLine.of("the donor reference", donorReference, 64);
    List<MonthTotal> months = tally.months();
    if (months.size() > MONTHS_MAX) {
      throw new IllegalArgumentException(
          "a statement has at most " + MONTHS_MAX + " months; this has " + months.size());
    }
    YearMonth last = YearMonth.of(1, 1);
    for (MonthTotal line : months) {
      if (!line.month().isAfter(last)) {
        throw new IllegalArgumentException(
            "months must ascend, each once: " + line.month() + " after " + last);
      }
      if (!period.touches(line.month())) {
        throw new IllegalArgumentException(
            "month " + line.month() + " lies outside " + period.from() + " to " + period.to());
      }
      last = line.month();
    }
  }

  private static void requireNumber(String number) {
    if (!number.matches("[A-Za-z0-9][A-Za-z0-9./-]{0,39}")) {
      throw new IllegalArgumentException(
          "a statement number is 1 to 40 of letters, digits, '.', '/' and '-': " + number);
    }
  }

  /** One row for each month with a result. */
  public List<MonthTotal> months() {
    return tally.months();
  }

  /**
   * The sums over all months.
   *
   * @throws ArithmeticException when a sum exceeds a long
   */
  public Quantities given() {
    return tally.given();
  }

  /** The tiers behind the CPU time; empty only when there is none. */
  public List<Outcome.Tier> cpuTiers() {
    CpuTime cpu = given().cpu();
    return Arrays.stream(Outcome.Tier.values()).filter(tier -> cpu.ms(tier) > 0).toList();
  }

  /** Results that counted. */
  public long accepted() {
    return tally.accepted();
  }

  /** Results that came back. */
  public long returned() {
    return tally.returned();
  }
}
