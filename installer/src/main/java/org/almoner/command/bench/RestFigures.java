package org.almoner.command.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an agent without work took.
 *
 * @param rssMib its largest resident memory in the counted interval
 * @param cpuPercent of one processor, what it used on average
 * @param seconds length of the interval
 */
public record RestFigures(double rssMib, double cpuPercent, double seconds, Computer computer) {
  /** One JSON object, its fields in a fixed order, on one line. */
  public String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("rss_mib", FigureJson.number(rssMib));
    all.put("cpu_percent", FigureJson.number(cpuPercent));
    all.put("seconds", FigureJson.number(seconds));
    all.put("machine", computer.toJson());
    return FigureJson.object(all);
  }

  /** Some lines for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "an agent at rest: %.1f MiB resident, %.3f %% of one processor, over %.0f s%n%s",
        rssMib,
        cpuPercent,
        seconds,
        computer.toText());
  }
}
