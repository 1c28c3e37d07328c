package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.almoner.protocol.bytes.Hash;
import org.almoner.trials.faults.DiskTrace.Change;
import org.almoner.trials.faults.ModelDisk.Cut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * L2: the power goes after each system call of a writer. The calls of a real process are recorded,
 * and every disk that POSIX allows after each of them is built and started from.
 */
class PowerCutsTest {
  private static final int BATCHES = 4;

  /** Every how many calls the power goes in the everyday test; a prime. */
  private static final int STEP = 11;

  @TempDir(factory = InMemory.class)
  Path temp;

  private final SplittableRandom coins = new SplittableRandom(2);
  private final Set<String> seen = new HashSet<>();

  @BeforeEach
  void needsStrace() throws Exception {
    Strace.need();
  }

  @Test
  void l02ThePowerGoesUnderALogInFiles() throws Exception {
    thePowerGoes(STEP);
  }

  @Test
  @Tag("long")
  void l02ThePowerGoesAfterEachCallUnderALogInFiles() throws Exception {
    thePowerGoes(1);
  }

  /** What the second life finds is not safe yet: the first was killed before it could sync it. */
  @Test
  void l02ThePowerGoesAfterAKillAndANewStart() throws Exception {
    afterAKill(19, 29);
  }

  @Test
  @Tag("long")
  void l02ThePowerGoesAfterAKillAtEachSyncAndANewStart() throws Exception {
    afterAKill(1, 3);
  }

  private void thePowerGoes(int step) throws Exception {
    Path log = Files.createDirectory(temp.resolve("log"));
    ModelDisk disk = new ModelDisk(log, log);
    Chronicle chronicle = new Chronicle();
    Strace.Life life = traced(log, 1, List.of());
    assertThat(life.code()).as("%s", life.said()).isZero();
    int states = cutAfterEach(trace(log), disk, chronicle, step);
    assertThat(chronicle.batches()).isEqualTo(BATCHES);
    assertThat(states).isGreaterThan(30);
  }

  private void afterAKill(int killStep, int cutStep) throws Exception {
    int states = 0;
    for (int sync = killStep / 2; ; sync += killStep) {
      Path log = Files.createDirectory(temp.resolve("log"));
      ModelDisk disk = new ModelDisk(log, log);
      Chronicle chronicle = new Chronicle();
      Strace.Life first =
          traced(log, 1, List.of("-e", "inject=fsync:signal=SIGKILL:when=" + (sync + 1)));
      for (Change change : trace(log).changes()) {
        if (change instanceof Change.Said said) {
          chronicle.line(said.line());
        } else {
          disk.apply(change);
        }
      }
      if (first.code() == 0) {
        break;
      }
      assertThat(first.code()).as("%s", first.said()).isEqualTo(Strace.KILLED);
      Strace.Life second = traced(log, 2, List.of());
      assertThat(second.code()).as("%s", second.said()).isZero();
      states += cutAfterEach(trace(log), disk, chronicle, cutStep);
      Folders.delete(log);
    }
    assertThat(states).isGreaterThan(20);
  }

  private DiskTrace trace(Path log) throws IOException {
    return DiskTrace.read(temp.resolve("trace"), log);
  }

  private Strace.Life traced(Path log, int life, List<String> more) throws Exception {
    List<String> options = new ArrayList<>(Strace.recording(temp.resolve("trace")));
    options.addAll(more);
    return Strace.run(
        temp, options, Shelf.Kind.FILES.name(), log.toString(), "" + life, "" + BATCHES);
  }

  /** Returns the number of disks it started from. */
  private int cutAfterEach(DiskTrace trace, ModelDisk disk, Chronicle chronicle, int step)
      throws Exception {
    int states = 0;
    int at = 0;
    for (Change change : trace.changes()) {
      if (change instanceof Change.Said said) {
        chronicle.line(said.line());
        continue;
      }
      disk.apply(change);
      if (at++ % step == 0) {
        for (Cut cut : Cut.values()) {
          states += startsAgain(disk, cut, chronicle, "after call " + at + ", " + change.brief());
        }
      }
    }
    return states;
  }

  /** Returns 1, or 0 when there was such a disk before. */
  private int startsAgain(ModelDisk disk, Cut cut, Chronicle before, String where)
      throws Exception {
    Path left = temp.resolve("left");
    disk.leave(left, cut, coins);
    boolean unseen = seen.add(before.lines().size() + " " + digest(left));
    if (unseen) {
      Chronicle chronicle = before.copy();
      try {
        chronicle.goesOn(Shelf.Kind.FILES, left, 7, BATCHES);
      } catch (AssertionError e) {
        throw new AssertionError(cut + " " + where + ": " + e.getMessage(), e);
      }
    }
    Folders.delete(left);
    return unseen ? 1 : 0;
  }

  private static String digest(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path each : Folders.walk(folder)) {
      all.append(folder.relativize(each)).append('\n');
      if (Files.isRegularFile(each)) {
        all.append(Hash.sha256(Files.readAllBytes(each)));
      }
    }
    return Hash.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).toHex();
  }
}
