package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.run.generated.EveryOperation;
import org.almoner.agent.run.generated.GeneratedModule;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portable engine, and V8 in Node.js, which shares no line with it: the form that the engine
 * gets does and counts what the module does as its author wrote it.
 */
class V8AgreementTest {
  private static final ModuleLimits LIMITS = new ModuleLimits(16);

  /** Modules for one process of Node.js. */
  private static final int AT_ONCE = 100;

  @TempDir Path directory;

  @BeforeEach
  void nodeIsThere() throws Exception {
    assumeThat(isThere()).as("tool missing: node").isTrue();
  }

  private static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What V8 makes of modules: for each its end, count and the digest of what it wrote. */
  private List<String> judge(List<byte[]> modules) throws Exception {
    List<String> command = new ArrayList<>(List.of("node"));
    command.add(Path.of(V8AgreementTest.class.getResource("judge.mjs").toURI()).toString());
    for (byte[] module : modules) {
      byte[] metered = WasmModule.admit(module, LIMITS).metered().toArray();
      command.add(Files.write(directory.resolve(command.size() + ".wasm"), metered).toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private List<String> portable(List<byte[]> modules) throws Exception {
    List<String> lines = new ArrayList<>();
    for (byte[] module : modules) {
      byte[] metered = WasmModule.admit(module, LIMITS, EngineForm.JVM).metered().toArray();
      Executed executed = Executed.compiled(metered, directory);
      lines.add(
          (executed.finished() ? "finished " : "trapped ")
              + executed.count()
              + " "
              + executed.written().toHex());
    }
    return lines;
  }

  private void compare(long from, long to) throws Exception {
    for (long first = from; first < to; first += AT_ONCE) {
      List<byte[]> modules = new ArrayList<>();
      for (long seed = first; seed < Math.min(to, first + AT_ONCE); seed++) {
        modules.add(GeneratedModule.of(seed));
      }
      List<String> expected = judge(modules);
      assertThat(expected).hasSize(modules.size()).anyMatch(line -> line.startsWith("finished"));
      assertThat(portable(modules)).as("seeds from %d", first).isEqualTo(expected);
    }
  }

  @Test
  void everyNumericInstructionGivesTheSameForEveryPairOfEdgeValues() throws Exception {
    List<byte[]> module = List.of(EveryOperation.module());
    List<String> expected = judge(module);
    assertThat(expected.get(0)).startsWith("finished");
    assertThat(portable(module)).isEqualTo(expected);
  }

  @Test
  void modulesMadeUpFromSeedsDoTheSame() throws Exception {
    compare(0, 10);
  }

  @Test
  @Tag("long")
  void aThousandModulesMadeUpFromSeedsDoTheSame() throws Exception {
    compare(20, 1_020);
  }
}
