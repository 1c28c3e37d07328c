package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.agent.run.process.ChildResult.End;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.result.OutputBundle.OutputFile;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The known answers of the starter units: worked out again, by another sieve and by the engine. */
class StarterTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("almoner.root"), "docs/examples/starter");

  private static final int STRETCHES = 8;
  private static final int WIDTH = 1 << 24;
  private static final long FIRST_NUMBER = 1_000_000_000;

  @TempDir Path directory;

  private record Answered(Hash output, long count) {}

  @Test
  void everyKnownAnswerIsWhatTheModuleAnswersAndWhatIsTrue() throws Exception {
    BitSet composites = composites();
    StringBuilder derived = new StringBuilder();
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      Answered answered = run(FIRST_NUMBER + stretch);
      assertThat(answered.output()).isEqualTo(bundle(truth(composites, stretch)).digest());
      derived.append(
          String.format("%d %s %d%n", stretch, answered.output().toHex(), answered.count()));
    }
    List<String> known =
        Files.readAllLines(EXAMPLE.resolve("answers.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(known).isEqualTo(derived.toString().lines().toList());
  }

  @Test
  void theCountDependsOnTheStretchAlone() throws Exception {
    assertThat(run(1_999_999_999)).isEqualTo(run(1_000_000_007));
  }

  @Test
  void theRealProcessGivesTheKnownAnswer() throws Exception {
    Path module = EXAMPLE.resolve("starter.wasm");
    Finished finished = (Finished) Runs.in(directory).module(module).args("1000000007").run();
    assertThat(finished.exit()).isZero();
    assertThat(Files.readString(EXAMPLE.resolve("answers.txt")))
        .contains("\n7 " + finished.output().toHex() + " " + finished.count() + "\n");
  }

  @Test
  void aNumberOfOtherThanTenDigitsIsTheProgramsOwnFailure() throws Exception {
    Path module = EXAMPLE.resolve("starter.wasm");
    Finished finished = (Finished) Runs.in(directory).module(module).args("7").run();
    assertThat(finished.exit()).isEqualTo(2);
    assertThat(finished.tail()).containsExactly("starter wants one NUMBER of ten digits");
  }

  private Answered run(long number) throws Exception {
    byte[] module = Files.readAllBytes(EXAMPLE.resolve("starter.wasm"));
    byte[] metered =
        WasmModule.admit(module, new ModuleLimits(256), EngineForm.JVM).metered().toArray();
    Path scratch = Files.createTempDirectory(directory, "scratch");
    GuestTree tree = new GuestTree(Map.of(), scratch, BundleLimits.ofOctets(100_000));
    Wasi wasi =
        new Wasi(List.of(Long.toString(number)), tree, new GuestRandom(Hash.ZERO), new Tail());
    CompiledModule compiled = new CompiledModule(directory.resolve("compiled"), MemoryKind.FLAT);
    Guest.Ended ended = new Guest(FlatMemory::new).run(metered, compiled, wasi);
    wasi.close();
    assertThat(ended.end()).isEqualTo(End.FINISHED);
    assertThat(ended.exit()).isZero();
    return new Answered(tree.writeBundle(new ByteArrayOutputStream()), ended.count());
  }

  private static OutputBundle bundle(String text) {
    return new OutputBundle(
        List.of(
            new OutputFile(
                new BundlePath("starter.txt"), Bytes.of(text.getBytes(StandardCharsets.UTF_8)))));
  }

  /** The plain sieve over all numbers up to the end of the last stretch, unlike the module's. */
  private static BitSet composites() {
    BitSet composites = new BitSet(STRETCHES * WIDTH);
    composites.set(0, 2);
    for (int p = 2; p * p < STRETCHES * WIDTH; p++) {
      if (!composites.get(p)) {
        for (int multiple = p * p; multiple < STRETCHES * WIDTH; multiple += p) {
          composites.set(multiple);
        }
      }
    }
    return composites;
  }

  private static String truth(BitSet composites, int stretch) {
    int first = stretch * WIDTH;
    long count = 0;
    long sum = 0;
    int largest = 0;
    double reciprocals = 0;
    int n = composites.nextClearBit(first);
    while (n < first + WIDTH) {
      count++;
      sum += n;
      largest = n;
      reciprocals += 1.0 / n;
      n = composites.nextClearBit(n + 1);
    }
    long bits = Double.doubleToRawLongBits(reciprocals);
    return String.format("%d %d %d %d %016x%n", first, count, sum, largest, bits);
  }
}
