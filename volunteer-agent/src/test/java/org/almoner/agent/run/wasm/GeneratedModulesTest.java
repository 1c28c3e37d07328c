package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.almoner.agent.run.generated.GeneratedModule;
import org.almoner.workload.wasm.Comparisons;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.wasm.Parser;
import run.endive.wasm.types.CodeSection;

/**
 * Modules made up from seeds leave the same octets and count the same as they are and as the
 * portable engine gets them; {@link V8AgreementTest} asks a judge that nobody here wrote. The
 * engine's own interpreter is none: release 1.0.0 rounds some f64 differently from its compiler and
 * from V8.
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

  /** First and last opcodes of WebAssembly 2.0 but vectors; a prefix is the upper octet. */
  private static final int[][] PROFILE = {
    {0x00, 0x05},
    {0x0b, 0x11},
    {0x1a, 0x1c},
    {0x20, 0x26},
    {0x28, 0xc4},
    {0xd0, 0xd2},
    {0xfc00, 0xfc11}
  };

  @Test
  void everyInstructionOfTheProfileIsMadeUp() {
    Set<Integer> made = new TreeSet<>();
    for (long seed = 0; seed < 100; seed++) {
      CodeSection code = Parser.parse(GeneratedModule.of(seed)).codeSection();
      for (int i = 0; i < code.functionBodyCount(); i++) {
        code.getFunctionBody(i).instructions().forEach(one -> made.add(one.opcode().opcode()));
      }
    }
    Set<Integer> profile = new TreeSet<>();
    for (int[] range : PROFILE) {
      IntStream.rangeClosed(range[0], range[1]).forEach(profile::add);
    }
    assertThat(made).isEqualTo(profile);
  }

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
      Executed expected = Executed.compiled(admitted(module, IN_PIECES), directory);
      found += Executed.compiled(wrong, directory).equals(expected) ? 0 : 1;
    }
    assertThat(found).isPositive();
  }

  private void compare(long from, long to) throws Exception {
    int finished = 0;
    for (long seed = from; seed < to; seed++) {
      byte[] module = GeneratedModule.of(seed);
      Executed expected = Executed.compiled(admitted(module, IN_ONE), directory);
      assertThat(Executed.compiled(admitted(module, IN_PIECES), directory))
          .as("seed %d", seed)
          .isEqualTo(expected);
      finished += expected.finished() ? 1 : 0;
    }
    assertThat(finished).isGreaterThan((int) (to - from) / 2);
  }

  private static byte[] admitted(byte[] module, EngineForm form) throws Exception {
    return WasmModule.admit(module, LIMITS, form).metered().toArray();
  }
}
