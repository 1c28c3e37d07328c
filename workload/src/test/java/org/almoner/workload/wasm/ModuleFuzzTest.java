package org.almoner.workload.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reader, meter and splitter against octets that come from anywhere: a module is admitted, always
 * to the same octets, or refused in one sentence; whether it is does not depend on the engine.
 *
 * <p>As a test of every day it replays known modules and cut ones. {@code JAZZER_FUZZ=1} fuzzes for
 * real; see {@code docs/design/ledger-tests.md}.
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
