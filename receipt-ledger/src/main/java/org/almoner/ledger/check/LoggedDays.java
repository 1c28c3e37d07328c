package org.almoner.ledger.check;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The dates that a log names, each from its first day entry on. They are all that a log says of
 * time.
 */
public final class LoggedDays {
  private final NavigableMap<Long, LocalDate> byIndex = new TreeMap<>();
  private final NavigableMap<LocalDate, Long> byDate = new TreeMap<>();

  /** Takes the day entry at {@code index}; says what is wrong when it goes back. */
  public Optional<String> take(long index, LocalDate date) {
    Map.Entry<Long, LocalDate> last = byIndex.lastEntry();
    if (last != null && date.isBefore(last.getValue())) {
      return Optional.of(
          "the day goes back from "
              + last.getValue()
              + " at entry "
              + last.getKey()
              + " to "
              + date);
    }
    if (last == null || date.isAfter(last.getValue())) { // one for each date, however often
      byIndex.put(index, date);
      byDate.put(date, index);
    }
    return Optional.empty();
  }

  /** The date to which the entry at {@code index} belongs, where one stands before it. */
  public Optional<LocalDate> of(long index) {
    return Optional.ofNullable(byIndex.floorEntry(index)).map(Map.Entry::getValue);
  }

  /** The last date so far. */
  public Optional<LocalDate> last() {
    return Optional.ofNullable(byIndex.lastEntry()).map(Map.Entry::getValue);
  }

  /** Index of the first entry of a date; empty when the log does not name it. */
  public Optional<Long> begin(LocalDate date) {
    return Optional.ofNullable(byDate.get(date));
  }

  /** Index behind the last entry of a date, so far. */
  public Optional<Long> end(LocalDate date) {
    return Optional.ofNullable(byDate.higherEntry(date)).map(Map.Entry::getValue);
  }

  /** How many dates after {@code date} the log names. */
  public int after(LocalDate date) {
    return byDate.tailMap(date, false).size();
  }

  /** The most time that can lie between an entry of one date and one of another. */
  public static Duration most(LocalDate from, LocalDate to) {
    return Duration.between(from.atStartOfDay(), to.plusDays(1).atStartOfDay());
  }
}
