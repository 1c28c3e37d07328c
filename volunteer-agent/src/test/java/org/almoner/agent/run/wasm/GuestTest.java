package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.workload.wasm.Comparisons;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guest sees and computes, in this Java machine. */
class GuestTest {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    0x8000000080000000L,
    0x7fffffff7fffffffL,
    0xffffffffL,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    0xfffffffefffffffeL
  };

  @TempDir Path directory;

  private record Left(Guest.Ended ended, Map<String, byte[]> files, List<String> tail) {
    String text(String name) {
      return new String(files.get(name), StandardCharsets.UTF_8);
    }
  }

  private Left run(String fixture, Comparisons comparisons, Map<BundlePath, Path> inputs)
      throws Exception {
    byte[] module = Files.readAllBytes(Path.of(GuestTest.class.getResource(fixture).toURI()));
    byte[] metered =
        WasmModule.admit(
                module, new ModuleLimits(64), new EngineForm(comparisons, EngineForm.WHOLE))
            .metered()
            .toArray();
    Path scratch = Files.createTempDirectory(directory, "scratch");
    GuestTree tree = new GuestTree(inputs, scratch, BundleLimits.ofOctets(100_000));
    Tail tail = new Tail();
    Wasi wasi = new Wasi(List.of("one", "zwö"), tree, new GuestRandom(Hash.ZERO), tail);
    Guest.Ended ended =
        new Guest(FlatMemory::new)
            .run(
                metered,
                new CompiledModule(
                    scratch.resolveSibling("compiled" + metered.length), MemoryKind.FLAT),
                wasi);
    wasi.close();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(tree.writeBundle(out)).isEqualTo(Hash.sha256(out.toByteArray()));
    Map<String, byte[]> files = new TreeMap<>();
    OutputBundle.parse(out.toByteArray())
        .files()
        .forEach(f -> files.put(f.path().value(), f.content().toArray()));
    return new Left(ended, files, tail.lines());
  }

  @ParameterizedTest
  @EnumSource(Comparisons.class)
  void everyComparisonOfEdgeValuesIsRight(Comparisons comparisons) throws Exception {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (long a : EDGES) {
      for (long b : EDGES) {
        int narrow = Integer.compare((int) a, (int) b);
        int narrowUnsigned = Integer.compareUnsigned((int) a, (int) b);
        int wide = Long.compare(a, b);
        int wideUnsigned = Long.compareUnsigned(a, b);
        for (int[] pair : new int[][] {{narrow, narrowUnsigned}, {wide, wideUnsigned}}) {
          for (int order : pair) {
            expected.write(order < 0 ? 1 : 0);
          }
          for (int order : pair) {
            expected.write(order > 0 ? 1 : 0);
          }
          for (int order : pair) {
            expected.write(order <= 0 ? 1 : 0);
          }
          for (int order : pair) {
            expected.write(order >= 0 ? 1 : 0);
          }
        }
      }
    }
    assertThat(run("compare.wasm", comparisons, Map.of()).files().get("edges"))
        .isEqualTo(expected.toByteArray());
  }

  @Test
  void signedAndUnsignedComparisonsOfTheSameValuesStayApart() throws Exception {
    Left left = run("compare.wasm", Comparisons.BY_SUBTRACTION, Map.of());
    assertThat(mixed(left.files().get("mixed"))).isEqualTo(expectedMixed());
  }

  static long mixed(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** The same sum as {@code compare.wat} makes, by wider arithmetic. */
  static long expectedMixed() {
    long seed = 0;
    long sum = 0;
    for (int i = 0; i < 3_000_000; i++) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      long a = (seed >>> 61) - 4;
      long n = ((seed >>> 50) & 7) - 4;
      boolean yes = a > n || (n < 0 && a >= 0) || ((n < 0) == (a < 0) && n > a);
      sum += yes ? 1 + (1L << 32) : 0;
    }
    return sum;
  }

  @Test
  void theFormOfTheComparisonsDoesNotChangeTheCount() throws Exception {
    assertThat(run("compare.wasm", Comparisons.BY_SUBTRACTION, Map.of()).ended().count())
        .isEqualTo(run("compare.wasm", Comparisons.AS_WRITTEN, Map.of()).ended().count());
  }

  @Test
  void filesAreWhatACLibraryExpectsAndNothingLeadsOutside() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "hello\nworld\n");
    Path deep = Files.writeString(directory.resolve("deep"), "Q");
    Left left =
        run(
            "files.wasm",
            Comparisons.BY_SUBTRACTION,
            Map.of(new BundlePath("text"), text, new BundlePath("deep/er"), deep));
    assertThat(left.ended().exit()).isZero();
    assertThat(left.text("report")).isEqualTo(resource("files.report"));
    assertThat(left.files().keySet())
        .containsExactly("log", "renamed/b", "renamed/sub/c", "report");
    assertThat(left.text("log")).isEqualTo("one two\n");
    assertThat(left.text("renamed/b")).isEqualTo("ay");
    assertThat(Files.readString(text)).isEqualTo("hello\nworld\n");
  }

  @Test
  void theWorldIsTheSameOnEveryMachine() throws Exception {
    Left left = run("world.wasm", Comparisons.BY_SUBTRACTION, Map.of());
    assertThat(left.text("world")).isEqualTo(resource("world.report"));
    assertThat(left.tail()).containsExactly("to the console");
  }

  private static String resource(String name) throws Exception {
    return Files.readString(Path.of(GuestTest.class.getResource(name).toURI()));
  }
}
