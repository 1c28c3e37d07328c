package org.almoner.command.bench.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.command.bench.Computer;
import org.almoner.protocol.lease.Engine;
import org.junit.jupiter.api.Test;

class WasmFiguresTest {
  private static String json(ProgramFigures... programs) throws Exception {
    List<String> names = List.of("fast", "portable");
    return new WasmFigures(
            List.of(programs), names, 5, true, List.of(), List.of("cc 1"), Computer.here())
        .toJson();
  }

  @Test
  void ratiosAreAgainstNativeAndTheirMeanIsGeometric() throws Exception {
    String json =
        json(
            new ProgramFigures(
                "one", 100, Map.of(Engine.FAST, 200.0, Engine.PORTABLE, 100.0), 7, true),
            new ProgramFigures(
                "two", 50, Map.of(Engine.FAST, 400.0, Engine.PORTABLE, 450.0), 8, false));
    assertThat(json)
        .startsWith(
            "{\"programs\": [{\"name\": \"one\", \"native_ms\": 100.0000, \"fast_ms\": 200.0000,"
                + " \"portable_ms\": 100.0000, \"fast_ratio\": 2.0000, \"portable_ratio\": 1.0000,"
                + " \"count\": 7}, ")
        .contains("\"geomean_fast\": 4.0000, \"geomean_portable\": 3.0000, \"runs\": 5")
        .contains("\"native_differs\": [\"two\"]");
  }

  @Test
  void anEngineThatIsNotHereHasNoFigures() throws Exception {
    assertThat(json(new ProgramFigures("one", 100, Map.of(Engine.PORTABLE, 250.0), 7, true)))
        .contains("\"fast_ms\": null", "\"fast_ratio\": null", "\"geomean_fast\": null")
        .contains("\"geomean_portable\": 2.5000");
  }

  @Test
  void aProgramThatDoesNotExistIsNamedWithThoseThatDo() {
    assertThatThrownBy(() -> new WasmSettings(List.of("sort"), 5, false, Path.of("x"), "/bin"))
        .hasMessage("--only takes lucas, nbody, sieve, matmul, bzip2, prodigal, got sort");
    assertThatThrownBy(() -> new WasmSettings(List.of(), 0, false, Path.of("x"), "/bin"))
        .hasMessage("--runs takes 1 to 100, got 0");
  }
}
