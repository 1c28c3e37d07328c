package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.trials.faults.DiskTrace.Change;
import org.almoner.trials.faults.ModelDisk.Cut;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * L1 and L2 for the coordinator's store: a process that appends to a log in Ignite is killed in a
 * system call, or the call fails, or the power goes after it.
 */
class IgniteFaultsTest {
  private static final int BATCHES = 4;

  /** Ignite ends the process when its storage fails. */
  static final int HALTED = 130;

  @TempDir(factory = InMemory.class)
  static Path shared;

  private static Path base;

  /** A log of two batches, closed in peace. */
  private static final Chronicle BEFORE = new Chronicle();

  /** A second life that nothing happens to: it adds two batches. */
  private static DiskTrace undisturbed;

  @TempDir(factory = InMemory.class)
  Path temp;

  private final SplittableRandom coins = new SplittableRandom(2);

  @BeforeAll
  static void twoBatchesAndAnUndisturbedLife() throws Exception {
    Strace.need();
    base = Files.createDirectory(shared.resolve("base"));
    try (Shelf shelf = Shelf.Kind.IGNITE.open(base)) {
      assertThat(LogLife.live(shelf, 1, 2, BEFORE::line)).isZero();
    }
    Path trace = shared.resolve("trace");
    Path log = shared.resolve("log");
    Strace.Life life = life(shared, log, Strace.recording(trace));
    assertThat(life.code()).as("%s", life.said()).isZero();
    undisturbed = DiskTrace.read(trace, log);
    Folders.delete(log);
    Files.delete(trace);
  }

  /** The syncs of one batch, in their order. */
  private enum Sync {
    STAGED("acknowledged 3 2"),
    TILES("signed 263 "),
    REGISTER("signed 263 ");

    private final String saidBefore;

    Sync(String saidBefore) {
      this.saidBefore = saidBefore;
    }
  }

  @Test
  void l01KilledAfterItSignedAndBeforeItsTilesAreSyncedTheLogInIgniteGoesOn() throws Exception {
    killedIn(Sync.TILES);
  }

  @ParameterizedTest
  @EnumSource(Sync.class)
  @Tag("long")
  void l01KilledInEachSyncOfABatchTheLogInIgniteGoesOn(Sync sync) throws Exception {
    killedIn(sync);
  }

  private void killedIn(Sync sync) throws Exception {
    int n = syncsBeforeTheLastBatch() + 1 + sync.ordinal();
    Path log = temp.resolve("log");
    Strace.Life life = life(temp, log, injecting("fdatasync", n, "signal=SIGKILL"));
    assertThat(life.code()).isEqualTo(Strace.KILLED);
    assertThat(life.said().get(life.said().size() - 1)).startsWith(sync.saidBefore);
    Chronicle chronicle = BEFORE.copy();
    life.said().forEach(chronicle::line);
    chronicle.goesOn(Shelf.Kind.IGNITE, log, 3, BATCHES);
  }

  /** How often the writer's thread had synced when it had acknowledged the batch before. */
  private static int syncsBeforeTheLastBatch() {
    List<Change> changes = undisturbed.changes();
    int end = changes.indexOf(new Change.Said("acknowledged 3 2"));
    List<Change.SyncBegan> syncs =
        changes.subList(0, end).stream()
            .filter(Change.SyncBegan.class::isInstance)
            .map(Change.SyncBegan.class::cast)
            .filter(sync -> sync.call().equals("fdatasync"))
            .toList();
    String writer = syncs.get(syncs.size() - 1).thread();
    return (int) syncs.stream().filter(sync -> sync.thread().equals(writer)).count();
  }

  @Test
  @Tag("long")
  void l01WhateverCallFailsTheLogInIgniteGoesOn() throws Exception {
    for (String how : List.of("signal=SIGKILL", "error=EIO", "error=ENOSPC")) {
      sweep("fdatasync", how, 5);
      sweep("pwrite64", how, 11);
      sweep("fsync", how, 1);
      sweep("rename", how, 1);
    }
  }

  /** After the last answer, and while Ignite overwrites its pages. */
  @Test
  void l02ThePowerGoesUnderALogInIgnite() throws Exception {
    Set<Integer> whileOverwriting = Set.of(10, 40);
    int states =
        thePowerGoes(
            List.of(Cut.TORN),
            (change, afterMarker) ->
                whileOverwriting.contains(afterMarker)
                    || change.equals(new Change.Said("acknowledged " + BATCHES + " 2")));
    assertThat(states).isGreaterThanOrEqualTo(3); // a stop overwrites pages as well
  }

  @Test
  @Tag("long")
  void l02ThePowerGoesAfterManyCallsUnderALogInIgnite() throws Exception {
    AtomicInteger at = new AtomicInteger();
    thePowerGoes(List.of(Cut.values()), (change, afterMarker) -> at.getAndIncrement() % 13 == 0);
  }

  /** Whether the power goes after a change. */
  private interface When {
    /**
     * @param afterMarker changes since Ignite marked that it overwrites pages
     */
    boolean goes(Change change, int afterMarker);
  }

  /** Until a life has fewer such calls than that. */
  private void sweep(String call, String how, int step) throws Exception {
    int n = 1;
    while (goesWrong(call, n, how) != 0) {
      n += step;
    }
    assertThat(n).as(call).isGreaterThan(1);
  }

  /** Returns the exit code of the life in which the n-th such call of a thread went wrong. */
  private int goesWrong(String call, int n, String how) throws Exception {
    Path log = temp.resolve("log");
    Folders.delete(log);
    Chronicle chronicle = BEFORE.copy();
    Strace.Life life = life(temp, log, injecting(call, n, how));
    life.said().forEach(chronicle::line);
    assertThat(life.code())
        .as("%s of %s %d: %s", how, call, n, life.said())
        .isIn(0, Strace.KILLED, HALTED, LogLife.STOPPED, LogLife.REFUSED);
    chronicle.goesOn(Shelf.Kind.IGNITE, log, 3, BATCHES);
    return life.code();
  }

  /** Returns the number of disks that a new life started from. */
  private int thePowerGoes(List<Cut> cuts, When when) throws Exception {
    ModelDisk disk = new ModelDisk(shared.resolve("log"), base);
    Chronicle chronicle = BEFORE.copy();
    int afterMarker = Integer.MIN_VALUE;
    int states = 0;
    for (Change change : undisturbed.changes()) {
      if (change instanceof Change.Said said) {
        chronicle.line(said.line());
      } else {
        disk.apply(change);
        boolean marker =
            change instanceof Change.Renamed renamed && renamed.to().endsWith("-START.bin");
        afterMarker = marker ? 0 : afterMarker + 1;
      }
      if (when.goes(change, afterMarker)) {
        for (Cut cut : cuts) {
          startsAgain(
              disk, cut, chronicle.copy(), afterMarker + " after the marker, " + change.brief());
          states++;
        }
      }
    }
    assertThat(chronicle.batches()).isEqualTo(BATCHES);
    return states;
  }

  private void startsAgain(ModelDisk disk, Cut cut, Chronicle chronicle, String where)
      throws Exception {
    Path left = temp.resolve("left");
    disk.leave(left, cut, coins);
    try {
      chronicle.goesOn(Shelf.Kind.IGNITE, left, 7, BATCHES);
    } catch (AssertionError e) {
      throw new AssertionError(cut + ", " + where + ": " + e.getMessage(), e);
    }
    Folders.delete(left);
  }

  private static List<String> injecting(String call, int n, String how) {
    String fault = "inject=" + call + ":" + how + ":when=" + n;
    return List.of("-o", "/dev/null", "-e", "trace=" + call, "-e", fault);
  }

  private static Strace.Life life(Path scratch, Path log, List<String> options) throws Exception {
    Folders.copy(base, log);
    return Strace.run(
        scratch, options, Shelf.Kind.IGNITE.name(), log.toString(), "2", "" + BATCHES);
  }
}
