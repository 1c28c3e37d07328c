package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.runtime.GlobalInstance;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/**
 * The portable engine's reader of snapshots against octets that come from anywhere: they are
 * refused in one sentence, or make a guest that can be put aside again and comes out the same.
 *
 * <p>As a test of every day it replays the golden files. {@code JAZZER_FUZZ=1} fuzzes for real; see
 * {@code docs/design/ledger-tests.md}.
 */
class SnapshotFuzzTest {
  private static final String LONG = "10m";

  private static final Path GOLDEN =
      Path.of(System.getProperty("almoner.root"), "docs/spec/golden/snapshot");

  private static final SnapshotOrder ORDER =
      new SnapshotOrder(Hash.sha256("golden".getBytes(StandardCharsets.UTF_8)), 0, 0);

  private static final int PAGES = 2;
  private static final int PAGE_OCTETS = 65_536;

  /** First line, name of the unit, and the time it took, which goes on. */
  private static final int HEADER_OCTETS = 19 + Hash.SIZE + 3 * Long.BYTES;

  /** Refused to grow, three globals and their number, pages. */
  private static final int PAGES_GIVEN = HEADER_OCTETS + 1 + 4 + 3 * Long.BYTES + 4;

  static Stream<Arguments> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        seeds.add(withoutPage(Files.readAllBytes(file)));
      }
    }
    assertThat(seeds).isNotEmpty();
    return seeds.stream().map(seed -> Arguments.of((Object) seed));
  }

  /** What stands in a page is the guest's; without it the fuzzer sees what is ours. */
  private static byte[] withoutPage(byte[] snapshot) {
    int behind = PAGES_GIVEN + 4 + 4 + PAGE_OCTETS;
    if (snapshot.length < behind) {
      return snapshot;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(snapshot, 0, PAGES_GIVEN);
    out.writeBytes(new byte[4]);
    out.write(snapshot, behind, snapshot.length - behind);
    return out.toByteArray();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = LONG)
  void whatIsTakenCanBePutAsideAgain(byte[] octets) throws IOException {
    Path folder = Files.createTempDirectory("snapshot");
    try {
      byte[] once = loadedAndSaved(folder, octets);
      if (once.length > 0) {
        assertThat(behindHeader(loadedAndSaved(folder, once))).isEqualTo(behindHeader(once));
      }
    } finally {
      FolderTree.remove(folder);
    }
  }

  /** Without the time it took, and without the digest over that. */
  private static byte[] behindHeader(byte[] snapshot) {
    return Arrays.copyOfRange(snapshot, HEADER_OCTETS, snapshot.length - Hash.SIZE);
  }

  /** The snapshot of the guest that {@code octets} make; empty if they are refused. */
  private static byte[] loadedAndSaved(Path folder, byte[] octets) throws IOException {
    ChildFiles files = new ChildFiles(Files.createTempDirectory(folder, "unit"));
    Files.createDirectory(files.scratch());
    Files.write(files.resume(), octets);
    List<GlobalInstance> globals = new ArrayList<>();
    for (ValType type : List.of(ValType.I32, ValType.F64, ValType.I64)) {
      globals.add(new GlobalInstance(0, 0, type, MutabilityType.Var));
    }
    GuestTree tree = new GuestTree(Map.of(), files.scratch(), BundleLimits.ofOctets(100_000));
    Wasi wasi = new Wasi(List.of(), tree, new GuestRandom(Hash.ZERO), new Tail());
    List<String> complaints = new ArrayList<>();
    PutAside aside = new PutAside(files, ORDER, () -> 0, () -> 0, () -> false, complaints::add);
    PutAside.Guest guest =
        new PutAside.Guest(new FlatMemory(new MemoryLimits(PAGES, PAGES)), globals, wasi);
    try {
      assertThat(aside.load(guest)).isTrue();
      aside.save(guest);
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("the snapshot is malformed: ");
      return new byte[0];
    } finally {
      wasi.close();
    }
    assertThat(complaints).isEmpty();
    return Files.readAllBytes(files.snapshot());
  }
}
