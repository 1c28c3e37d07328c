package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.ChildResult.End;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.runtime.GlobalInstance;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/** The octets of a snapshot: the golden file, and what is done with octets of any kind. */
class SnapshotFormatTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("almoner.root"), "docs/spec/golden/snapshot/valid/golden");

  private static final long START_MS = 1_795_132_800_000L;
  private static final SnapshotOrder ORDER =
      new SnapshotOrder(Hash.sha256("golden".getBytes(StandardCharsets.UTF_8)), 0, START_MS);

  private static final int PAGES = 2;

  @TempDir Path temp;
  private ChildFiles files;

  @BeforeEach
  void begin() throws Exception {
    files = new ChildFiles(temp);
    Files.createDirectory(files.scratch());
  }

  /** Time goes on by a millisecond whenever somebody asks. */
  private PutAside aside() {
    AtomicLong nanos = new AtomicLong();
    return new PutAside(
        files, ORDER, () -> nanos.addAndGet(1_000_000), () -> 7, () -> false, said -> {});
  }

  private GuestTree tree() throws IOException {
    return new GuestTree(Map.of(), files.scratch(), BundleLimits.ofOctets(1_000));
  }

  private static Wasi wasi(GuestTree tree) {
    return new Wasi(List.of(), tree, new GuestRandom(Hash.ZERO), new Tail());
  }

  /** What comes of the module's whole run, which leaves the snapshot before its last step. */
  private Hash run() throws Exception {
    Path module = Path.of(ORDER.getClass().getResource("golden.wasm").toURI());
    byte[] metered =
        WasmModule.admit(Files.readAllBytes(module), new ModuleLimits(PAGES), EngineForm.JVM)
            .metered()
            .toArray();
    GuestTree tree = tree();
    Wasi wasi = wasi(tree);
    CompiledModule compiled = new CompiledModule(files.compiled(), MemoryKind.FLAT);
    Guest.Ended ended =
        new Guest(FlatMemory::new, Optional.of(aside())).run(metered, compiled, wasi);
    wasi.close();
    assertThat(ended).isEqualTo(new Guest.Ended(End.FINISHED, 0, ended.count(), false, ""));
    return Hash.sha256(
        (tree.writeBundle(new ByteArrayOutputStream()) + " " + ended.count())
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSnapshotHasTheOctetsOfTheGoldenFile() throws Exception {
    Hash unused = run();
    if (Boolean.getBoolean("almoner.golden.write")) {
      Files.copy(files.snapshot(), GOLDEN);
    }
    assertThat(files.snapshot()).hasSameBinaryContentAs(GOLDEN);
  }

  @Test
  void aUnitGoesOnFromTheGoldenFile() throws Exception {
    Hash whole = run();
    FolderTree.remove(files.scratch());
    Files.createDirectory(files.scratch());
    Files.copy(GOLDEN, files.resume());
    assertThat(run()).isEqualTo(whole);
  }

  /** The page of docs/spec/checkpoint.md, read by somebody who has nothing else. */
  @Test
  void whoeverHasThePageCanReadTheGoldenFile() throws Exception {
    byte[] octets = Files.readAllBytes(GOLDEN);
    ByteBuffer in = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(text(in, 19)).isEqualTo("almoner-snapshot/1\n");
    assertThat(Hash.of(take(in, 32))).isEqualTo(ORDER.unit());
    assertThat(in.getLong()).isEqualTo(START_MS);
    assertThat(in.getLong()).as("wall").isPositive();
    assertThat(in.getLong()).as("cpu").isPositive();
    assertThat(in.get()).as("refused").isZero();
    assertThat(in.getInt()).as("globals").isEqualTo(3);
    assertThat(in.getLong()).isEqualTo(1);
    assertThat(Double.longBitsToDouble(in.getLong())).isEqualTo(1.5);
    assertThat(in.getLong()).as("count").isPositive();
    assertThat(in.getInt()).as("pages").isEqualTo(2);
    assertThat(in.getInt()).as("pages that follow").isEqualTo(1);
    assertThat(in.getInt()).as("number of the page").isEqualTo(1);
    assertThat(take(in, 65_536)).startsWith('a');
    assertThat(in.getLong()).as("clock").isEqualTo(1_000);
    assertThat(in.getLong()).as("random octets").isEqualTo(5);
    assertThat(in.getInt()).as("lines").isEqualTo(1);
    assertThat(text(in, in.getInt())).isEqualTo("line");
    assertThat(text(in, in.getInt())).as("the line not ended").isEqualTo("half");
    assertThat(in.getLong()).as("next").isEqualTo(6);
    assertThat(in.getInt()).as("nodes").isEqualTo(3);
    assertThat(node(in)).isEqualTo("3 3 2 a");
    assertThat(node(in)).isEqualTo("4 4 3 log line\nhalf");
    assertThat(node(in)).isEqualTo("4 5 0  line\nhalf");
    assertThat(in.getInt()).as("descriptors").isEqualTo(7);
    List<String> open = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String number = in.getInt() + " type " + in.get() + " flags " + in.getShort();
      in.position(in.position() + 16);
      open.add(number + " as " + in.get() + " node " + in.getLong() + " at " + in.getLong());
    }
    assertThat(open)
        .containsExactly(
            "0 type 2 flags 0 as 0 node 0 at 0",
            "1 type 2 flags 0 as 0 node 0 at 0",
            "2 type 2 flags 0 as 0 node 0 at 0",
            "3 type 3 flags 0 as 1 node 1 at 0",
            "4 type 3 flags 0 as 2 node 2 at 0",
            "5 type 4 flags 1 as 0 node 4 at 9",
            "6 type 4 flags 0 as 0 node 5 at 9");
    assertThat(Hash.of(take(in, 32)))
        .isEqualTo(Hash.sha256(Arrays.copyOf(octets, octets.length - 32)));
    assertThat(in.hasRemaining()).isFalse();
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] octets = new byte[length];
    in.get(octets);
    return octets;
  }

  private static String text(ByteBuffer in, int length) {
    return new String(take(in, length), StandardCharsets.UTF_8);
  }

  private static String node(ByteBuffer in) {
    int kind = in.get();
    String node = kind + " " + in.getLong() + " " + in.getLong() + " " + text(in, in.getInt());
    return kind == 4 ? node + " " + text(in, (int) in.getLong()) : node;
  }

  /** Loads octets into a guest as it is when it has begun; the engine itself is not needed. */
  private void load(byte[] octets) throws IOException {
    Files.write(files.resume(), octets);
    GuestMemory memory = new FlatMemory(new MemoryLimits(2, PAGES));
    List<GlobalInstance> globals = new ArrayList<>();
    for (ValType type : List.of(ValType.I32, ValType.F64, ValType.I64)) {
      globals.add(new GlobalInstance(0, 0, type, MutabilityType.Var));
    }
    Wasi wasi = wasi(tree());
    try {
      assertThat(aside().load(new PutAside.Guest(memory, globals, wasi))).isTrue();
    } finally {
      wasi.close();
      FolderTree.remove(files.scratch());
      Files.createDirectory(files.scratch());
    }
  }

  @Test
  void whateverStandsInASnapshotIsTakenOrCalledMalformed() throws Exception {
    mutate(20261121, 120);
  }

  @Test
  @Tag("long")
  void whateverStandsInTenThousandSnapshotsIsTakenOrCalledMalformed() throws Exception {
    mutate(20261122, 10_000);
  }

  private void mutate(long seed, int snapshots) throws Exception {
    byte[] golden = Files.readAllBytes(GOLDEN);
    int page = new String(golden, StandardCharsets.ISO_8859_1).indexOf("a\0\0\0\0\0\0\0a/log");
    Random random = new Random(seed);
    load(golden);
    int taken = 0;
    for (int i = 0; i < snapshots; i++) {
      byte[] octets = golden.clone();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        int at = random.nextInt(octets.length - 65_536);
        at = at < page ? at : at + 65_536; // what stands in a page of memory is the guest's
        octets[at] = (byte) (random.nextBoolean() ? random.nextInt() : octets[at] ^ 1 << (i & 7));
      }
      if (i % 8 == 0) {
        octets = Arrays.copyOf(octets, random.nextInt(octets.length + 20));
      }
      taken += isTaken(octets) ? 1 : 0;
    }
    assertThat(taken).isBetween(snapshots / 10, snapshots * 9 / 10);
  }

  private boolean isTaken(byte[] octets) {
    try {
      load(octets);
      return true;
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("the snapshot is malformed: ");
      return false;
    }
  }

  /** Each number but those in the page, its own octets in any place: nothing is made so large. */
  @Test
  void sizesThatStandInASnapshotReserveNothing() throws Exception {
    byte[] golden = Files.readAllBytes(GOLDEN);
    int taken = 0;
    for (int at = 75; at + 4 < golden.length; at += at > 117 && at < 65_000 ? 65_536 : 5) {
      byte[] octets = golden.clone();
      Arrays.fill(octets, at, at + 4, (byte) 0x7f);
      taken += isTaken(octets) ? 1 : 0;
    }
    assertThat(taken).isBetween(5, 80);
    assertThatThrownBy(() -> load(new byte[0])).hasMessageEndingWith("it ends too early");
  }
}
