package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.almoner.ledger.append.MemoryLog.Keeping;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.http.LogResource;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a trusted log promises, by the numbers of docs/design/ledger-tests.md.
 *
 * <p>Longer than most: one claim for each number.
 */
class LogPromisesTest {
  private static final String ORIGIN = LogWriterProcess.ORIGIN;
  private static final Bytes NONE = Bytes.of(new byte[0]);
  private static final int[] BATCHES = {1, 100, 155, 1, 255, 3, 300, 1, 200, 8, 511, 1};

  @TempDir Path folder;
  private final WatchedSigner signer = new WatchedSigner(ORIGIN, 1);

  private Path served(String name) {
    return folder.resolve(name).resolve("public");
  }

  private FileLogStore store(String name) throws IOException {
    return FileLogStore.open(served(name), folder.resolve(name).resolve("private"));
  }

  private CheckpointRegister register(String name) {
    return new FileCheckpointRegister(
        served(name).resolve("checkpoint"), folder.resolve(name).resolve("checkpoint.lock"));
  }

  private Sequencer open(LogStore store, CheckpointRegister register) throws Exception {
    return Sequencer.open(ORIGIN, List.of(signer), store, register);
  }

  private Checkpoint opened(String note) throws Exception {
    return SignedCheckpoint.open(note, ORIGIN, List.of(signer.verifier())).checkpoint();
  }

  /** Every tile and bundle that a checkpoint implies is there and leads to its root. */
  private static void requireWhole(TileSource source, Checkpoint at) throws IOException {
    for (int level = TilePath.ENTRIES; TilePath.count(level, at.size()) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, at.size()); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, at.size()).orElseThrow();
        assertThat(source.find(path)).as("%s of size %d", path, at.size()).isPresent();
      }
    }
    if (at.size() > 0) {
      LogReader reader = new LogReader(source);
      assertThat(reader.root(at.size())).isEqualTo(at.root());
      assertThat(NaiveTree.leaf(reader.entry(at.size() - 1, at.size()))).isNotNull();
    }
  }

  @Test
  void l03AReaderNeverSeesACheckpointWhoseTilesAreMissing() throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    AtomicInteger looks = new AtomicInteger();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (FileLogStore store = store("log")) {
      CheckpointRegister register = register("log");
      Sequencer.create(ORIGIN, List.of(signer), store, register);
      Future<Long> poller =
          threads.submit(
              () -> {
                long before = 0;
                while (!written.get()) {
                  Checkpoint at = opened(register.read().orElseThrow());
                  requireWhole(new TileDirectory(served("log")), at);
                  assertThat(at.size()).isGreaterThanOrEqualTo(before);
                  before = at.size();
                  looks.incrementAndGet();
                }
                return before;
              });
      Sequencer sequencer = open(store, register);
      // Goes on until the poller has looked often enough, whatever the speed of the disk.
      for (int i = 0; i < BATCHES.length || (looks.get() < 30 && !poller.isDone()); i++) {
        sequencer.commit(NaiveTree.entries(BATCHES[i % BATCHES.length]), NONE);
      }
      written.set(true);
      assertThat(poller.get()).isPositive();
      requireWhole(new TileDirectory(served("log")), opened(register.read().orElseThrow()));
    } finally {
      written.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void l04OfTwoProcessesOnOneLogTheSecondIsKeptOut() throws Exception {
    Path log = folder.resolve("log");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LogWriterProcess.class.getName(),
                log.toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try (BufferedReader says =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(says.readLine()).isEqualTo("committed 3");
      assertThatThrownBy(() -> store("log"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process writes here: ");
      other.getOutputStream().close();
      assertThat(says.readLine()).isEqualTo("committed 5");
    } finally {
      other.destroyForcibly().waitFor();
    }
    try (FileLogStore store = store("log")) {
      Sequencer mine = open(store, register("log"));
      assertThat(mine.nextIndex()).isEqualTo(5);
      assertThat(mine.commit(NaiveTree.entries(1), NONE).size()).isEqualTo(6);
    }
  }

  @Test
  void l04OfTwoSequencersOnOneRegisterExactlyOneGoesOn() throws Exception {
    for (int round = 0; round < 10; round++) {
      MemoryLog one = new MemoryLog(Keeping.EXACT);
      String name = "round" + round;
      Sequencer.create(ORIGIN, List.of(signer), one, register(name));
      MemoryLog two = one.copy();
      WatchedSigner again = new WatchedSigner(ORIGIN, 1);
      List<Sequencer> both =
          List.of(
              open(one, register(name)),
              Sequencer.open(ORIGIN, List.of(again), two, register(name)));
      CountDownLatch go = new CountDownLatch(1);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Sequencer sequencer = both.get(i);
        List<Bytes> entries = NaiveTree.entries(3 + i);
        Callable<Boolean> commit =
            () -> {
              go.await();
              try {
                sequencer.commit(entries, NONE);
                return true;
              } catch (SequencerStopped e) {
                return false;
              }
            };
        answers.add(threads.submit(commit));
      }
      go.countDown();
      boolean first = answers.get(0).get();
      assertThat(answers.get(1).get()).isEqualTo(!first);
      threads.shutdown();
      Sequencer winner = both.get(first ? 0 : 1);
      Sequencer loser = both.get(first ? 1 : 0);
      assertThat(register(name).read()).contains(winner.checkpoint().format());
      assertThat(loser.stopped()).isPresent();
      assertThatThrownBy(() -> loser.commit(List.of(), NONE)).isInstanceOf(SequencerStopped.class);
      assertThat(winner.commit(NaiveTree.entries(1), NONE).size()).isEqualTo(first ? 4 : 5);
    }
  }

  /** What is done, and then reported as failed. */
  private enum Step {
    STAGE,
    TILES,
    REGISTER
  }

  /** A log whose next step takes effect, and then times out. */
  private static final class Late implements LogStore, CheckpointRegister {
    private final MemoryLog log = new MemoryLog(Keeping.EXACT);
    private final List<Map<TilePath, Bytes>> written = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Step> late = Optional.empty();
    private boolean lost;

    private void after(Step step) throws IOException {
      if (late.filter(step::equals).isPresent()) {
        late = Optional.empty();
        throw new IOException("timed out");
      }
    }

    @Override
    public void stage(Staged staged) throws IOException {
      log.stage(staged);
      after(Step.STAGE);
    }

    @Override
    public Optional<Staged> staged() throws IOException {
      return log.staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      written.add(Map.copyOf(tiles));
      log.write(tiles);
      after(Step.TILES);
    }

    @Override
    public Optional<Bytes> read(TilePath path) throws IOException {
      return log.read(path);
    }

    @Override
    public Optional<String> read() {
      return log.read();
    }

    @Override
    public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
      notes.add(next);
      boolean done = lost || log.compareAndSet(expected, next);
      after(Step.REGISTER);
      return done;
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void l05WhatTimedOutButWasKeptIsNeitherLostNorDoubled(Step step) throws Exception {
    Late log = new Late();
    Sequencer.create(ORIGIN, List.of(signer), log, log);
    Sequencer sequencer = open(log, log);
    List<Bytes> all = NaiveTree.entries(700);
    sequencer.commit(all.subList(0, 250), NONE);
    log.late = Optional.of(step);
    assertThatThrownBy(() -> sequencer.commit(all.subList(250, 600), Bytes.utf8("rows")))
        .isInstanceOf(SequencerStopped.class)
        .hasMessageContaining("timed out");
    assertThatThrownBy(() -> sequencer.commit(List.of(), NONE))
        .isInstanceOf(SequencerStopped.class);
    Sequencer again = open(log, log);
    assertThat(again.recovered().rider()).isEqualTo(Bytes.utf8("rows"));
    again.commit(all.subList(600, 700), NONE);
    Checkpoint at = opened(log.read().orElseThrow());
    assertThat(at.root()).isEqualTo(NaiveTree.root(all));
    requireWhole(log, at);
  }

  @Test
  void l07ABatchPublishedAgainHasTheSameOctets() throws Exception {
    Late log = new Late();
    Sequencer.create(ORIGIN, List.of(signer), log, log);
    Sequencer sequencer = open(log, log);
    sequencer.commit(NaiveTree.entries(200), NONE);
    log.written.clear();
    log.notes.clear();
    log.lost = true;
    log.late = Optional.of(Step.REGISTER);
    assertThatThrownBy(() -> sequencer.commit(NaiveTree.entries(400), Bytes.utf8("rows")))
        .isInstanceOf(SequencerStopped.class);
    byte[] staged = log.staged().orElseThrow().encode();
    log.lost = false;
    open(log, log);
    assertThat(log.written).hasSize(2);
    assertThat(log.written.get(1)).isEqualTo(log.written.get(0));
    assertThat(log.notes).hasSize(2);
    assertThat(log.notes.get(1)).isEqualTo(log.notes.get(0));
    assertThat(log.staged().orElseThrow().encode()).isEqualTo(staged);
    assertThat(log.read()).contains(log.notes.get(0));
  }

  /** Tells what the writer's own threads ask of a store from what anybody else does. */
  private static final class Overheard implements LogStore {
    private final LogStore store;
    private final Thread writer = Thread.currentThread();
    private final Queue<String> strangers = new ConcurrentLinkedQueue<>();

    Overheard(LogStore store) {
      this.store = store;
    }

    private void heard(String what) {
      if (Thread.currentThread() != writer) {
        strangers.add(what);
      }
    }

    @Override
    public void stage(Staged staged) throws IOException {
      heard("stage");
      store.stage(staged);
    }

    @Override
    public Optional<Staged> staged() throws IOException {
      heard("staged");
      return store.staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      heard("write");
      store.write(tiles);
    }

    @Override
    public Optional<Bytes> read(TilePath path) throws IOException {
      heard("read");
      return store.read(path);
    }
  }

  @Test
  void l13AStormOfReadsChangesNothingOfWhatIsWritten() throws Exception {
    written("quiet", new AtomicBoolean(), () -> {});
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> readers = new ArrayList<>();
    LogResource face =
        new LogResource(
            new TileDirectory(served("storm")), register("storm")::read, () -> Rotations.NONE);
    for (int i = 0; i < 4; i++) {
      readers.add(
          threads.submit(
              () -> {
                while (!done.get()) {
                  readAll(face, reads);
                }
                return true;
              }));
    }
    // Each batch is read, while it is the newest, before the next is written.
    Runnable untilRead =
        () -> {
          int before = reads.get();
          while (reads.get() < before + 10 && readers.stream().noneMatch(Future::isDone)) {
            Thread.onSpinWait();
          }
        };
    assertThat(written("storm", done, untilRead)).isEmpty();
    for (Future<?> reader : readers) {
      assertThat(reader.get()).isEqualTo(true);
    }
    threads.shutdown();
    assertThat(reads.get()).isGreaterThanOrEqualTo(10 * BATCHES.length);
    assertThat(octets(folder.resolve("storm"))).isEqualTo(octets(folder.resolve("quiet")));
  }

  /** Writes the batches, then lets the readers go; returns what others asked of the store. */
  private Queue<String> written(String name, AtomicBoolean done, Runnable afterEach)
      throws Exception {
    try (FileLogStore files = store(name)) {
      Overheard store = new Overheard(files);
      Sequencer.create(ORIGIN, List.of(signer), store, register(name));
      Sequencer sequencer = open(store, register(name));
      for (int batch : BATCHES) {
        sequencer.commit(NaiveTree.entries(batch), NONE);
        afterEach.run();
      }
      assertThat(sequencer.stopped()).isEmpty();
      return store.strangers;
    } finally {
      done.set(true);
    }
  }

  /** All that anybody may ask for under the checkpoint of the moment; none of it may be missing. */
  private void readAll(LogResource face, AtomicInteger reads) throws Exception {
    byte[] note;
    try {
      note = (byte[]) face.checkpoint().getEntity();
    } catch (NotFoundException e) {
      return; // not created yet
    }
    long size = opened(new String(note, StandardCharsets.UTF_8)).size();
    for (int level = TilePath.ENTRIES; TilePath.count(level, size) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, size); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, size).orElseThrow();
        Response tile = face.tile(path.toString().substring("tile/".length()));
        assertThat(tile.getHeaderString("Cache-Control")).contains("immutable");
        reads.incrementAndGet();
      }
    }
  }

  private static Map<String, Bytes> octets(Path log) throws IOException {
    Map<String, Bytes> octets = new TreeMap<>();
    try (Stream<Path> files = Files.walk(log)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        octets.put(log.relativize(file).toString(), Bytes.of(Files.readAllBytes(file)));
      }
    }
    return octets;
  }

  @Test
  void l19UnknownSignaturesAreIgnoredAndABadKnownOneRefusesTheCheckpoint() throws Exception {
    MemoryLog log = new MemoryLog(Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(signer), log, log);
    open(log, log).commit(NaiveTree.entries(5), NONE);
    SignedCheckpoint own =
        SignedCheckpoint.open(log.read().orElseThrow(), ORIGIN, List.of(signer.verifier()));
    NoteSignature stranger = new NoteSignature("witness.example", 7, Bytes.of(new byte[72]));
    log.setNote(Optional.of(own.note().with(List.of(stranger)).format()));
    assertThat(open(log, log).commit(NaiveTree.entries(2), NONE).size()).isEqualTo(7);
    NoteSignature good = own.note().signatures().get(0);
    byte[] octets = good.signature().toArray();
    octets[3] ^= 1;
    NoteSignature bad = new NoteSignature(good.name(), good.keyId(), Bytes.of(octets));
    log.setNote(Optional.of(own.note().with(List.of(bad)).format()));
    assertThatThrownBy(() -> open(log, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the register's checkpoint is not this log's: the signature of "
                + ORIGIN
                + " does not fit the text; give back the key that signed it");
  }

  @Test
  void l20AnEmptyCheckpointFileIsRefused() throws Exception {
    try (FileLogStore store = store("log")) {
      Sequencer.create(ORIGIN, List.of(signer), store, register("log"));
      open(store, register("log")).commit(NaiveTree.entries(5), NONE);
      Files.write(served("log").resolve("checkpoint"), new byte[0]);
      assertThatThrownBy(() -> open(store, register("log")))
          .isInstanceOf(LogRefused.class)
          .hasMessageContaining("the register's checkpoint cannot be read: ");
      assertThatThrownBy(() -> Sequencer.create(ORIGIN, List.of(signer), store, register("log")))
          .isInstanceOf(LogRefused.class)
          .hasMessage("the register already holds a checkpoint: open the log instead");
      assertThat(Files.size(served("log").resolve("checkpoint"))).isZero();
    }
  }

  @Test
  void l22NoTileThatAPublishedCheckpointNeedsIsEverGone() throws Exception {
    try (FileLogStore store = store("log")) {
      CheckpointRegister register = register("log");
      Sequencer.create(ORIGIN, List.of(signer), store, register);
      List<Checkpoint> published = new ArrayList<>();
      AtomicBoolean failing = new AtomicBoolean();
      TileDirectory tiles = new TileDirectory(served("log"));
      CheckpointRegister watched =
          new CheckpointRegister() {
            @Override
            public Optional<String> read() throws IOException {
              return register.read();
            }

            @Override
            public boolean compareAndSet(Optional<String> expected, String next)
                throws IOException {
              // The new tiles are there, the new checkpoint is not: all before must still stand.
              for (Checkpoint before : published) {
                requireWhole(tiles, before);
              }
              if (failing.getAndSet(false)) {
                throw new IOException("the register is away");
              }
              return register.compareAndSet(expected, next);
            }
          };
      Sequencer sequencer = open(store, watched);
      for (int batch : BATCHES) {
        failing.set(batch == 155 || batch == 300);
        if (failing.get()) {
          Sequencer fails = sequencer;
          assertThatThrownBy(() -> fails.commit(NaiveTree.entries(batch), NONE))
              .isInstanceOf(SequencerStopped.class);
          requireWhole(tiles, published.get(published.size() - 1));
          sequencer = open(store, watched);
        } else {
          sequencer.commit(NaiveTree.entries(batch), NONE);
        }
        Checkpoint at = sequencer.checkpoint().checkpoint();
        published.add(at);
        assertEdgeIsExact(tiles, at.size());
      }
    }
  }

  /** The partial tiles of the newest checkpoint lie under their very own paths. */
  private static void assertEdgeIsExact(TileDirectory tiles, long size) throws IOException {
    for (int level = TilePath.ENTRIES; TilePath.count(level, size) > 0; level++) {
      long last = TilePath.count(level, size) - 1;
      TilePath path = TilePath.holding(level, last, size).orElseThrow();
      assertThat(tiles.read(path)).as("%s of size %d", path, size).isPresent();
    }
  }
}
