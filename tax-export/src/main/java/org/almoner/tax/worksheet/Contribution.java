package org.almoner.tax.worksheet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.CountedLine;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.evidence.ProvenEntry;
import org.almoner.tax.evidence.ProvenLine;

/**
 * What the donor's computers did in a period, from the donor's own files: unit by unit where the
 * evidence is at hand, else month by month.
 */
public final class Contribution {
  private final LocalDate from;
  private final LocalDate to;
  private final List<Ran> ran;
  private final List<MonthTotal> months;
  private final Hash source;

  private Contribution(
      LocalDate from, LocalDate to, List<Ran> ran, List<MonthTotal> months, Hash source) {
    this.from = from;
    this.to = to;
    this.ran = List.copyOf(ran);
    this.months = List.copyOf(months);
    this.source = source;
  }

  /**
   * From the evidence file: every unit that counts and ended in the period.
   *
   * <p>The reports' signatures are checked and the settlements folded; that the log holds all of it
   * is for {@code almoner verify}.
   *
   * @throws MalformedEvidence when the file is none, or does not fit together
   */
  public static Contribution ofEvidence(byte[] zip, LocalDate from, LocalDate to)
      throws MalformedEvidence {
    Evidence evidence = EvidenceZip.read(zip);
    try {
      String origin = Checkpoint.parse(SignedNote.parse(evidence.checkpoint()).text()).origin();
      List<UsageOpening> openings = evidence.lines().stream().map(ProvenLine::opening).toList();
      List<CheckedLine> lines = UsageOpening.checkAll(origin, openings);
      SettledOutcomes outcomes = new SettledOutcomes();
      for (ProvenEntry entry : evidence.outcomes()) {
        outcomes.take(entry.entry());
      }
      List<Ran> ran = new ArrayList<>();
      for (CountedLine counted : CountedLine.of(lines, outcomes, from, to)) {
        ran.add(ran(counted));
      }
      return new Contribution(from, to, ran, List.of(), Hash.sha256(zip));
    } catch (MalformedNote | MalformedCheckpoint | MalformedEntry | OpeningRejected e) {
      throw new MalformedEvidence("the evidence does not fit together: " + e.getMessage());
    }
  }

  private static Ran ran(CountedLine counted) {
    List<Energy> energy = new ArrayList<>();
    counted.given().joules().forEach((tier, joules) -> energy.add(new Energy(joules, tier)));
    CheckedLine line = counted.line();
    return new Ran(
        line.agent().toHex(),
        line.line().startMs(),
        line.line().endMs(),
        line.line().wallMs(),
        energy);
  }

  /** From the units themselves, as {@link #ofEvidence} finds them. */
  static Contribution of(List<Ran> ran, LocalDate from, LocalDate to) {
    return new Contribution(from, to, ran, List.of(), Hash.ZERO);
  }

  /**
   * From the statement alone: months, without the hours in which computers ran.
   *
   * @param source digest of the document that carries it
   * @throws WorksheetRefused when a month of it lies only in part in the period: which of its
   *     energy is whose days' is not known
   */
  public static Contribution ofStatement(
      Statement statement, LocalDate from, LocalDate to, Hash source) throws WorksheetRefused {
    List<MonthTotal> months =
        statement.months().stream()
            .filter(total -> !total.month().atEndOfMonth().isBefore(from))
            .filter(total -> !total.month().atDay(1).isAfter(to))
            .toList();
    List<String> divided = new ArrayList<>();
    for (MonthTotal total : months) {
      boolean begins = total.month().atDay(1).isBefore(from) && statement.from().isBefore(from);
      boolean ends = total.month().atEndOfMonth().isAfter(to) && statement.to().isAfter(to);
      if (begins || ends) {
        divided.add(
            "the period "
                + from
                + " to "
                + to
                + " takes a part of "
                + total.month()
                + ", and the document does not tell which day's energy is which; give the evidence"
                + " file, or whole months");
      }
    }
    if (!divided.isEmpty()) {
      throw new WorksheetRefused(divided);
    }
    return new Contribution(from, to, List.of(), months, source);
  }

  /** First day, UTC. */
  public LocalDate from() {
    return from;
  }

  /** Last day, UTC. */
  public LocalDate to() {
    return to;
  }

  /** SHA-256 of the file it was read from. */
  public Hash source() {
    return source;
  }

  /** Whether single units are known, with their times. */
  public boolean unitsKnown() {
    return months.isEmpty();
  }

  /** Units that counted; none where they are not known. */
  public List<Ran> ran() {
    return ran;
  }

  /** Identifiers of the computers, in order; none where units are not known. */
  public List<String> computers() {
    return List.copyOf(new TreeSet<>(ran.stream().map(Ran::computer).toList()));
  }

  /** Enters the energy of whole months; there are none where units are known. */
  void enterMonths(DayBook book) {
    for (MonthTotal total : months) {
      total
          .given()
          .joules()
          .forEach(
              (tier, joules) ->
                  book.took(total.month().atDay(1), tier, DayBook.millijoules(joules)));
    }
  }
}
