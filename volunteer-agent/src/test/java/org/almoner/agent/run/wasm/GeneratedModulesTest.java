package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.almoner.agent.run.generated.GeneratedModule;
import org.almoner.workload.wasm.Comparisons;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Modules made up from seeds leave the same octets and count the same as they are and as the
 * portable engine gets them. The engine's interpreter is no judge: release 1.0.0 rounds some f64
 * differently from its own compiler and from V8.
 */
class GeneratedModulesTest {
  private static final ModuleLimits LIMITS = new ModuleLimits(16);

  /** Small enough that hardly a function stays in one piece. */
  private static final EngineForm IN_PIECES = new EngineForm(Comparisons.BY_SUBTRACTION, 200);

  private static final EngineForm IN_ONE =
      new EngineForm(Comparisons.BY_SUBTRACTION, EngineForm.WHOLE);

  /** i64.const 63, i64.shr_u, i32.wrap_i64: how a comparison by subtraction ends. */
  private static final byte[] SIGN_AS_ANSWER = {0x42, 0x3f, (byte) 0x88, (byte) 0xa7};

  @TempDir Path directory;

  @Test
  void everyFormOfAModuleDoesTheSame() throws Exception {
    compare(0, 20);
  }

  @Test
  @Tag("long")
  void everyFormOfAThousandModulesDoesTheSame() throws Exception {
    compare(20, 1_020);
  }

  /** What the comparison is worth: shifts with the sign where there should be none are found. */
  @Test
  void aWrongInstructionInTheTransformIsFound() throws Exception {
    int found = 0;
    for (long seed = 0; seed < 6; seed++) {
      byte[] module = GeneratedModule.of(seed);
      byte[] wrong = admitted(module, IN_PIECES);
      for (int i = 0; i + 4 <= wrong.length; i++) {
        if (Arrays.equals(wrong, i, i + 4, SIGN_AS_ANSWER, 0, 4)) {
          wrong[i + 2]--; // i64.shr_u becomes i64.shr_s
        }
      }
      Executed expected = Executed.compiled(admitted(module, EngineForm.AS_WRITTEN), directory);
      found += Executed.compiled(wrong, directory).equals(expected) ? 0 : 1;
    }
    assertThat(found).isPositive();
  }

  private void compare(long from, long to) throws Exception {
    int finished = 0;
    for (long seed = from; seed < to; seed++) {
      byte[] module = GeneratedModule.of(seed);
      Executed expected = Executed.compiled(admitted(module, EngineForm.AS_WRITTEN), directory);
      for (EngineForm form : new EngineForm[] {IN_ONE, IN_PIECES}) {
        assertThat(Executed.compiled(admitted(module, form), directory))
            .as("seed %d, %s", seed, form)
            .isEqualTo(expected);
      }
      finished += expected.finished() ? 1 : 0;
    }
    assertThat(finished).isGreaterThan((int) (to - from) / 2);
  }

  private static byte[] admitted(byte[] module, EngineForm form) throws Exception {
    return WasmModule.admit(module, LIMITS, form).metered().toArray();
  }
}
