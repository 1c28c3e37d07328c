package org.almoner.workload.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reader, meter and splitter against octets that come from anywhere: a module is admitted, always
 * to the same octets, or refused in one sentence; whether it is does not depend on the engine.
 *
 * <p>As a test of every day it replays known modules, cut ones and some bodies. {@code
 * JAZZER_FUZZ=1} fuzzes for real; see {@code docs/design/ledger-tests.md}.
 */
class ModuleFuzzTest {
  private static final String LONG = "10m";

  /** So small that pieces are cut out of almost everything. */
  private static final EngineForm IN_PIECES = new EngineForm(Comparisons.BY_SUBTRACTION, 100);

  private static final ModuleLimits LIMITS = new ModuleLimits(64);

  static Stream<Arguments> modules() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String example : List.of("first/collatz", "mersenne/mersenne", "starter/starter")) {
      byte[] module = Files.readAllBytes(Path.of("../docs/examples", example + ".wasm"));
      seeds.add(module);
      for (int at = 1; at <= 4; at++) {
        seeds.add(java.util.Arrays.copyOf(module, module.length * at / 5));
        byte[] changed = module.clone();
        changed[module.length * at / 5] ^= 0x41;
        seeds.add(changed);
      }
    }
    return seeds.stream().map(seed -> Arguments.of((Object) seed));
  }

  @MethodSource("modules")
  @FuzzTest(maxDuration = LONG)
  void admission(byte[] octets) {
    boolean plain = isAdmitted(octets, EngineForm.AS_WRITTEN);
    assertThat(isAdmitted(octets, IN_PIECES)).isEqualTo(plain);
  }

  /** Bodies of a function with parameters i32, i64, f32, f64 and the result i32. */
  static Stream<Arguments> seeds() {
    return Stream.of(
            Wat.octets(0x20, 0),
            // a loop that turns with two values
            Wat.octets(
                0x20, 0, 0x20, 1, 0x03, 3, 0x1a, 0x41, 1, 0x6a, 0x20, 1, 0x20, 0, 0x0d, 0, 0x0b,
                0x1a),
            Wat.octets(0x20, 0, 0x04, 0x7f, 0x41, 1, 0x05, 0x20, 1, 0x50, 0x0b),
            // sqrt of a division, stored, and a comparison
            Wat.octets(0x41, 8, 0x20, 3, 0x20, 3, 0xa3, 0x9f, 0x39, 3, 0, 0x20, 3, 0x20, 3, 0x62),
            // br_table out of three blocks
            Wat.octets(
                0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0e, 2, 0, 1, 2, 0x0b, 0x0b, 0x0b,
                0x20, 0),
            // calls by name and through the table
            Wat.octets(0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x10, 0, 0x41, 0, 0x11, 2, 0),
            // bulk memory, a global, select
            Wat.octets(
                0x41, 0, 0x41, 1, 0x41, 2, 0xfc, 11, 0, 0x41, 1, 0x24, 0, 0x41, 1, 0x41, 2, 0x23, 0,
                0x1b),
            Wat.octets(0x20, 0, 0x20, 0, 0x48, 0x20, 1, 0x20, 1, 0x5a, 0x72, 0x0f, 0x00))
        .map(seed -> Arguments.of((Object) seed));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = LONG)
  void bodies(byte[] code) {
    byte[] module = module(code);
    admission(module);
    WasmModuleProperties.admitOrRefuse(module);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatFuzzingOfBodiesStartsFromIsAdmitted(byte[] code) {
    assertThat(isAdmitted(module(code), EngineForm.AS_WRITTEN)).isTrue();
  }

  private static byte[] module(byte[] code) {
    byte[] locals = Wat.octets(1, 2, Wat.F64);
    Wat wat = new Wat().table(1, 0x70, 0, 1).global(Wat.I32, 1, 0x41, 5, 0x0b);
    int own = wat.type(new int[] {Wat.I32, Wat.I64, 0x7d, Wat.F64}, new int[] {Wat.I32});
    wat.type(new int[] {Wat.I32}, new int[] {Wat.I32});
    wat.type(new int[] {Wat.I32, Wat.I64}, new int[] {Wat.I32, Wat.I64});
    return wat.body(own, Wat.join(locals, code, Wat.octets(0x0b))).start().build();
  }

  private static boolean isAdmitted(byte[] octets, EngineForm form) {
    try {
      Admitted first = WasmModule.admit(octets, LIMITS, form);
      assertThat(WasmModule.admit(octets, LIMITS, form).metered()).isEqualTo(first.metered());
      return true;
    } catch (RefusedModule refused) {
      assertThat(refused).message().isNotBlank().doesNotContain("\n");
      return false;
    }
  }
}
