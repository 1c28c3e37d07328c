package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.fast.Fast;
import org.almoner.agent.run.generated.EveryOperation;
import org.almoner.agent.run.generated.GeneratedModule;
import org.almoner.agent.run.generated.ManyBlockTypes;
import org.almoner.agent.run.process.GuestSeed;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portable engine here in this Java machine, and the fast one, give the same of everything. */
class AgreementTest {
  private static final long MEMORY = 16 << 20;
  private static final long DISK = 300_000;
  private static final List<String> ARGS = List.of("one", "zw\u00f6", "");

  /** Long enough for files, directories and descriptors to become many. */
  private static final int CALLS = 600;

  @TempDir Path temp;
  private Path calls;
  private Path text;
  private Path deep;
  private Fast fast;

  @BeforeEach
  void prepare() throws Exception {
    fast = Fast.engine().memory(MEMORY).disk(DISK);
    calls = Path.of(Fast.class.getResource("calls.wasm").toURI());
    text = Files.writeString(temp.resolve("text"), "hello\nworld\n".repeat(30));
    deep = Files.writeString(temp.resolve("deep"), "Q");
  }

  /** All of a run that both engines have to agree on. */
  private record Seen(String end, long count, Hash output, List<String> tail) {}

  private Seen portably(Path module, Map<BundlePath, Path> inputs) throws Exception {
    byte[] octets = Files.readAllBytes(module);
    byte[] metered =
        WasmModule.admit(octets, new ModuleLimits((int) (MEMORY >> 16)), EngineForm.JVM)
            .metered()
            .toArray();
    Path scratch = Files.createTempDirectory(temp, "scratch");
    GuestTree tree = new GuestTree(inputs, scratch, BundleLimits.ofOctets(DISK));
    Tail tail = new Tail();
    GuestRandom random = new GuestRandom(GuestSeed.of(Hash.sha256(octets), ARGS));
    Wasi wasi = new Wasi(ARGS, tree, random, tail);
    CompiledModule compiled =
        new CompiledModule(
            temp.resolve("compiled" + Hash.sha256(metered).toHex()), MemoryKind.FLAT);
    Guest.Ended ended = new Guest(FlatMemory::new).run(metered, compiled, wasi);
    wasi.close();
    Hash output = tree.writeBundle(new ByteArrayOutputStream());
    return switch (ended.end()) {
      case FINISHED -> new Seen("exit " + ended.exit(), ended.count(), output, tail.lines());
      case TRAPPED -> new Seen("trap", 0, Hash.ZERO, tail.lines());
      case REFUSED -> new Seen("refused " + ended.reason(), 0, Hash.ZERO, List.of());
    };
  }

  private Seen fast(Path module, Map<BundlePath, Path> inputs) throws Exception {
    RunOutcome outcome = fast.run(module, ARGS, inputs);
    if (outcome instanceof RunOutcome.Finished ok) {
      return new Seen("exit " + ok.exit(), ok.count(), ok.output(), ok.tail());
    } else if (outcome instanceof RunOutcome.Trapped no) {
      return new Seen("trap", 0, Hash.ZERO, no.tail());
    }
    return new Seen(outcome.toString(), 0, Hash.ZERO, List.of());
  }

  /** Octets of the driver's answer to one call: an error number and a hash, in hexadecimal. */
  private static final int ANSWER = 10;

  private static String difference(CallScript script, Seen portable, Seen fast) {
    String one = String.join("", portable.tail());
    String other = String.join("", fast.tail());
    for (int at = 0; at < Math.min(one.length(), other.length()); at += ANSWER) {
      String mine = one.substring(at, at + ANSWER);
      String its = other.substring(at, at + ANSWER);
      if (!mine.equals(its)) {
        int index = at / ANSWER;
        return "call " + index + ", portable " + mine + ", fast " + its + ": " + script.call(index);
      }
    }
    return portable + " and " + fast;
  }

  private void agreeOnCalls(long from, long until) throws Exception {
    List<String> differences = new ArrayList<>();
    int finished = 0;
    for (long seed = from; seed < until; seed++) {
      CallScript calling = CallScript.of(seed, CALLS);
      Path script = Files.write(temp.resolve("script"), calling.octets());
      Map<BundlePath, Path> inputs =
          Map.of(
              new BundlePath("script"),
              script,
              new BundlePath("text"),
              text,
              new BundlePath("deep/er"),
              deep);
      Seen portable = portably(calls, inputs);
      Seen fast = fast(calls, inputs);
      if (!portable.equals(fast)) {
        differences.add("seed " + seed + ": " + difference(calling, portable, fast));
      }
      finished += portable.end().startsWith("exit") ? 1 : 0;
      Files.delete(script);
    }
    assertThat(differences).isEmpty();
    assertThat(finished).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "dropped", "drop", "tables", "nobody", "edge", "deep", "names"})
  void modulesAtTheEdgesEndAlike(String name) throws Exception {
    Path module = Path.of(Fast.class.getResource(name + ".wasm").toURI());
    assertThat(fast(module, Map.of())).isEqualTo(portably(module, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "world", "compare", "exit", "grow-polite", "divide", "outside"})
  void programsEndAlike(String name) throws Exception {
    Path module = Path.of(AgreementTest.class.getResource(name + ".wasm").toURI());
    Map<BundlePath, Path> inputs =
        Map.of(new BundlePath("text"), text, new BundlePath("deep/er"), deep);
    assertThat(fast(module, inputs)).isEqualTo(portably(module, inputs));
  }

  @Test
  void aBlocksTypeMayHaveAnyIndex() throws Exception {
    Path module = Files.write(temp.resolve("types.wasm"), ManyBlockTypes.module());
    Seen portable = portably(module, Map.of());
    assertThat(portable.end()).isEqualTo("exit 0");
    assertThat(fast(module, Map.of())).isEqualTo(portable);
  }

  @Test
  void everyNumericInstructionGivesTheSameForEveryPairOfEdgeValues() throws Exception {
    fast.disk(1 << 20);
    Path module = Files.write(temp.resolve("operations.wasm"), EveryOperation.module());
    Seen portable = portably(module, Map.of());
    assertThat(portable.end()).isEqualTo("exit 0");
    assertThat(fast(module, Map.of())).isEqualTo(portable);
  }

  /** A sample, because compiling C takes seconds for each of them. */
  @Test
  @Tag("long")
  void aHundredModulesMadeUpFromSeedsEndAlike() throws Exception {
    int finished = 0;
    for (long seed = 0; seed < 100; seed++) {
      Path module = Files.write(temp.resolve("generated.wasm"), GeneratedModule.of(seed));
      Seen portable = portably(module, Map.of());
      assertThat(fast(module, Map.of())).as("seed %d", seed).isEqualTo(portable);
      finished += portable.end().startsWith("exit") ? 1 : 0;
    }
    assertThat(finished).isGreaterThan(50);
  }

  @Test
  void tenSequencesOfCallsGetTheSameAnswers() throws Exception {
    agreeOnCalls(0, 10);
  }

  @Test
  @Tag("long")
  void thousandsOfSequencesOfCallsGetTheSameAnswers() throws Exception {
    agreeOnCalls(10, 3_000);
  }
}
