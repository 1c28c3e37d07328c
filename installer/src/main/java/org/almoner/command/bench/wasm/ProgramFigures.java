package org.almoner.command.bench.wasm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.almoner.command.bench.FigureJson;
import org.almoner.protocol.lease.Engine;

/**
 * One program. Times are medians of processor time in milliseconds, of whole processes.
 *
 * @param engineMs by engine; an engine that is not here has none
 * @param count instructions, the same on every engine
 * @param sameAsNative whether the native program left the same output
 */
record ProgramFigures(
    String name, double nativeMs, Map<Engine, Double> engineMs, long count, boolean sameAsNative) {
  ProgramFigures {
    engineMs = Map.copyOf(engineMs);
  }

  /** Engines that have figures of their own, as they are called in them. */
  static final List<Engine> ENGINES = List.of(Engine.FAST, Engine.PORTABLE);

  /** Time on the engine against native time; none where there is no such engine. */
  List<Double> ratio(Engine engine) {
    Double ms = engineMs.get(engine);
    return ms == null ? List.of() : List.of(ms / nativeMs);
  }

  String toJson() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", FigureJson.text(name));
    fields.put("native_ms", FigureJson.number(nativeMs));
    for (Engine engine : ENGINES) {
      Double ms = engineMs.get(engine);
      fields.put(engine.text() + "_ms", ms == null ? "null" : FigureJson.number(ms));
    }
    for (Engine engine : ENGINES) {
      fields.put(engine.text() + "_ratio", orNull(ratio(engine)));
    }
    fields.put("count", Long.toString(count));
    return FigureJson.object(fields);
  }

  static String orNull(List<Double> value) {
    return value.isEmpty() ? "null" : FigureJson.number(value.get(0));
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-10s %10s %17s %17s %18s",
        "program",
        "native ms",
        "fast ms",
        "portable ms",
        "instructions");
  }

  String toText() {
    List<String> columns = new ArrayList<>();
    for (Engine engine : ENGINES) {
      Double ms = engineMs.get(engine);
      columns.add(
          ms == null ? "-" : String.format(Locale.ROOT, "%,.0f (%.2fx)", ms, ms / nativeMs));
    }
    return String.format(
        Locale.ROOT,
        "%-10s %,10.0f %17s %17s %,18d%s",
        name,
        nativeMs,
        columns.get(0),
        columns.get(1),
        count,
        sameAsNative ? "" : "  native output differs");
  }
}
