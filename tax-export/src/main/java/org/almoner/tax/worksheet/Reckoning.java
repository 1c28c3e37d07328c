package org.almoner.tax.worksheet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.meter.MeterInterval;
import org.almoner.tax.meter.MeterReadings;

/** From units and meters to energy above idle by day. */
public final class Reckoning {
  private final Contribution contribution;
  private final Map<String, List<MeterInterval>> meters = new LinkedHashMap<>();

  /**
   * Puts each meter to its computer.
   *
   * @throws WorksheetRefused when a meter's computer is not among those that ran, is not told, or
   *     has two meters, or when two computers have one: their idle levels differ
   */
  public Reckoning(Contribution contribution, List<MeterReadings> meters) throws WorksheetRefused {
    this.contribution = contribution;
    List<String> wrong = new ArrayList<>();
    if (!meters.isEmpty() && !contribution.unitsKnown()) {
      wrong.add(
          "readings of a meter need the times at which units ran, which are in the evidence file"
              + " alone; give that");
    } else {
      for (MeterReadings readings : meters) {
        List<String> behind =
            contribution.computers().stream()
                .filter(computer -> computer.startsWith(readings.computer()))
                .toList();
        if (behind.size() != 1) {
          wrong.add(unclear(readings.computer(), behind.size()));
        } else if (this.meters.put(behind.get(0), readings.intervals()) != null) {
          wrong.add("computer " + behind.get(0) + " has readings of two meters; give one");
        }
      }
      if (this.meters.size() > 1) {
        wrong.add(
            "the readings are of "
                + this.meters.size()
                + " computers, and one idle level does not fit them all; give the readings of one"
                + " computer, the others' own reports stand for them");
      }
    }
    if (!wrong.isEmpty()) {
      throw new WorksheetRefused(wrong);
    }
  }

  private String unclear(String computer, int found) {
    String known = String.join(", ", contribution.computers());
    if (contribution.computers().isEmpty()) {
      return "no computer ran a unit in the period, so that readings of a meter have no use";
    }
    return computer.isEmpty()
        ? "the readings do not say which computer is behind the meter; import them again with"
            + " --computer, one of "
            + known
        : found == 0
            ? "no unit ran on computer " + computer + "; there are " + known
            : "more than one computer begins with " + computer + ": " + known;
  }

  /** Middle of what the meters read while no unit ran, in milliwatts; empty without such times. */
  public OptionalLong quietMilliwatts() {
    return meters.keySet().stream()
        .map(computer -> metered(computer).quietMilliwatts())
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .max();
  }

  /** Milliseconds in which units ran while a meter read. */
  long meteredMs() {
    return meters.keySet().stream().mapToLong(computer -> metered(computer).meteredMs()).sum();
  }

  /** Hours and energy by day. */
  DayBook days(long idleMilliwatts) {
    DayBook book = new DayBook(contribution.from(), contribution.to());
    contribution.enterMonths(book);
    for (String computer : contribution.computers()) {
      for (RunningTime.Stretch stretch : RunningTime.of(units(computer))) {
        enterHours(stretch, book);
      }
      metered(computer).enter(idleMilliwatts, book);
    }
    return book;
  }

  /** How many units came without any figure of energy, and no meter saw them whole. */
  long unread() {
    return contribution.computers().stream()
        .mapToLong(computer -> metered(computer).unread())
        .sum();
  }

  private static void enterHours(RunningTime.Stretch stretch, DayBook book) {
    long from = stretch.fromMs();
    while (from < stretch.toMs()) {
      long until = Math.min(stretch.toMs(), DayBook.midnightAfter(from));
      LocalDate day = DayBook.dayOf(from);
      book.ran(day, new RunningTime.Stretch(from, until, stretch.part()).ranMs());
      from = until;
    }
  }

  private MeteredComputer metered(String computer) {
    return new MeteredComputer(
        meters.getOrDefault(computer, List.of()),
        units(computer),
        DayBook.startOf(contribution.from()));
  }

  private List<Ran> units(String computer) {
    return contribution.ran().stream().filter(unit -> unit.computer().equals(computer)).toList();
  }

  Contribution contribution() {
    return contribution;
  }

  /** Tiers in order, best first. */
  static List<Energy.Tier> tiers() {
    return List.of(Energy.Tier.values());
  }
}
