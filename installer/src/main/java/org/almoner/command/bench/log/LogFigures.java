package org.almoner.command.bench.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.almoner.command.bench.Computer;
import org.almoner.command.bench.Disk;
import org.almoner.command.bench.FigureJson;

/**
 * Everything that was measured.
 *
 * @param phases in the order they were run
 * @param proof at the last size
 * @param checkedEntries entries of the last log, all hashed again at its end
 * @param checkSeconds how long that took
 */
public record LogFigures(
    List<LogPhase> phases,
    ProofFigures proof,
    long checkedEntries,
    double checkSeconds,
    Computer computer,
    Disk disk) {
  /** Copies the list. */
  public LogFigures {
    phases = List.copyOf(phases);
  }

  /** One JSON object on one line. */
  public String toJson() {
    Map<String, String> check = new LinkedHashMap<>();
    check.put("entries", Long.toString(checkedEntries));
    check.put("seconds", FigureJson.number(checkSeconds));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lines_per_report", Integer.toString(LogSettings.LINES_PER_REPORT));
    all.put("phases", FigureJson.array(phases.stream().map(LogPhase::toJson).toList()));
    all.put("proof", proof.toJson());
    all.put("check", FigureJson.object(check));
    all.put("machine", computer.toJson());
    all.put("fsync", disk.toJson());
    return FigureJson.object(all);
  }

  /** A table and some lines for people. */
  public String toText() {
    return phases.stream()
            .map(LogPhase::toText)
            .collect(Collectors.joining("\n", LogPhase.heading() + "\n", "\n"))
        + proof.toText()
        + String.format(
            Locale.ROOT,
            "%ncheck       %,d entries hashed again and held against every tile in %.1f s%n",
            checkedEntries,
            checkSeconds)
        + computer.toText()
        + "\n"
        + disk.toText();
  }
}
