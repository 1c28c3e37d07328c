package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units as they are named on a command line: {@code 0,5-7}. */
final class UnitList {
  /** Most units named at one time: more are not for one computer. */
  static final int UNITS_MAX = 10_000;

  private static final Pattern STRETCH = Pattern.compile("([0-9]{1,10})(?:-([0-9]{1,10}))?");

  private UnitList() {}

  /**
   * Units of a batch of {@code count} units, in order, each once.
   *
   * @throws IllegalArgumentException in one sentence
   */
  static List<Long> parse(String text, long count) {
    SortedSet<Long> units = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      Matcher stretch = STRETCH.matcher(part.strip());
      if (!stretch.matches()) {
        throw new IllegalArgumentException(
            "units are named like 0,5-7; got " + (part.isBlank() ? "nothing" : part.strip()));
      }
      long first = Long.parseLong(stretch.group(1));
      long last = stretch.group(2) == null ? first : Long.parseLong(stretch.group(2));
      if (first > last) {
        throw new IllegalArgumentException("from " + first + " lies after to " + last);
      }
      if (last >= count) {
        throw new IllegalArgumentException(
            "there is no unit " + last + "; units are counted from 0 to " + (count - 1));
      }
      if (last - first >= UNITS_MAX || units.size() + last - first >= UNITS_MAX) {
        throw new IllegalArgumentException("name at most " + UNITS_MAX + " units at one time");
      }
      for (long unit = first; unit <= last; unit++) {
        units.add(unit);
      }
    }
    return new ArrayList<>(units);
  }
}
