package org.almoner.command.bench.wasm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.almoner.command.bench.Computer;
import org.almoner.command.bench.FigureJson;
import org.almoner.protocol.lease.Engine;

/**
 * Everything that was measured.
 *
 * @param agreed names of everything that ran the programs with one output and one count
 * @param runs behind each median
 * @param isShort whether programs ran for one to two seconds natively
 * @param again runs that crashed and were taken once more, and of what
 * @param compilers what built the programs and what compiles on the fast engine
 */
public record WasmFigures(
    List<ProgramFigures> programs,
    List<String> agreed,
    int runs,
    boolean isShort,
    List<String> again,
    List<String> compilers,
    Computer computer) {
  /** Copies the lists. */
  public WasmFigures {
    programs = List.copyOf(programs);
    agreed = List.copyOf(agreed);
    again = List.copyOf(again);
    compilers = List.copyOf(compilers);
  }

  /** Geometric mean of the ratios; none where the engine has not run every program. */
  private List<Double> geomean(Engine engine) {
    List<Double> ratios = programs.stream().flatMap(p -> p.ratio(engine).stream()).toList();
    if (ratios.size() < programs.size() || ratios.isEmpty()) {
      return List.of();
    }
    double logs = ratios.stream().mapToDouble(Math::log).sum();
    return List.of(Math.exp(logs / ratios.size()));
  }

  /** One JSON object on one line. */
  public String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("programs", FigureJson.array(programs.stream().map(ProgramFigures::toJson).toList()));
    for (Engine engine : ProgramFigures.ENGINES) {
      all.put("geomean_" + engine.text(), ProgramFigures.orNull(geomean(engine)));
    }
    all.put("runs", Integer.toString(runs));
    all.put("short", Boolean.toString(isShort));
    all.put("again", FigureJson.array(again.stream().map(FigureJson::text).toList()));
    all.put("agreed", FigureJson.array(agreed.stream().map(FigureJson::text).toList()));
    all.put(
        "native_differs",
        FigureJson.array(
            programs.stream()
                .filter(program -> !program.sameAsNative())
                .map(program -> FigureJson.text(program.name()))
                .toList()));
    all.put("compilers", FigureJson.array(compilers.stream().map(FigureJson::text).toList()));
    all.put("machine", computer.toJson());
    return FigureJson.object(all);
  }

  /** A table and some lines for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        programs.stream()
            .map(ProgramFigures::toText)
            .collect(Collectors.joining("\n", ProgramFigures.heading() + "\n", "\n")));
    for (Engine engine : ProgramFigures.ENGINES) {
      geomean(engine)
          .forEach(
              mean ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "geometric mean, %s: %.2f times native%n",
                          engine.text(),
                          mean)));
    }
    text.append("one output and one count on: ").append(String.join("; ", agreed)).append('\n');
    again.forEach(run -> text.append("crashed and taken again: ").append(run).append('\n'));
    text.append("compilers: ").append(String.join("; ", compilers)).append('\n');
    return text.append(computer.toText()).toString();
  }
}
