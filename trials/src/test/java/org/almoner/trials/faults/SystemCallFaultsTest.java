package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * L1: the process that writes a log is killed as it enters a system call, or the call fails. Calls
 * are counted where they touch the log's folder; what else a Java machine does is left alone.
 */
class SystemCallFaultsTest {
  private static final int BATCHES = 4;
  private static final int LIVES_MAX = 40;

  /** What may go wrong, as strace says it. */
  private static final List<String> FAULTS =
      List.of("signal=SIGKILL", "error=EIO", "error=ENOSPC", "error=EROFS");

  /** Every how many faults one is tried in the everyday test; a prime. */
  private static final int STEP = 101;

  /** No divisor of the number of faults, so that each call is met by one or two of them. */
  private static final int LONG_STEP = 3;

  @TempDir Path temp;

  /** The n-th of these calls goes wrong. */
  private record Fault(String call, int n, String how) {
    String option() {
      return "inject=" + call + ":" + how + ":when=" + n;
    }
  }

  @BeforeEach
  void needsStrace() throws Exception {
    Strace.need();
  }

  @Test
  void l01WhateverCallFailsTheLogInFilesGoesOn() throws Exception {
    everyNth(STEP);
  }

  @Test
  @Tag("long")
  void l01WhateverCallFailsTheLogInFilesGoesOnEachCall() throws Exception {
    everyNth(LONG_STEP);
  }

  @Test
  void l01KilledOverAndOverTheLogInFilesGoesOn() throws Exception {
    killedOverAndOver(1, 2);
  }

  @Test
  @Tag("long")
  void l01KilledOverAndOverTheLogInFilesGoesOnManyTimes() throws Exception {
    for (int seed = 2; seed < 12; seed++) {
      killedOverAndOver(seed, 8);
    }
  }

  private void everyNth(int step) throws Exception {
    Path log = temp.resolve("log");
    DiskTrace undisturbed = undisturbed(log);
    List<Fault> faults = faults(undisturbed.calls());
    assertThat(faults).hasSizeGreaterThan(500);
    for (int i = step / 2; i < faults.size(); i += step) {
      goesWrong(log, undisturbed.paths(), faults.get(i));
    }
  }

  private DiskTrace undisturbed(Path log) throws Exception {
    Path trace = temp.resolve("trace");
    Files.createDirectory(log);
    Strace.Life life = life(log, 1, Strace.recording(trace));
    assertThat(life.code()).as("%s", life.said()).isZero();
    Folders.delete(log);
    return DiskTrace.read(trace, log);
  }

  /** In the order of the calls and their numbers, so that a step meets all kinds. */
  private static List<Fault> faults(Map<String, Integer> calls) {
    assertThat(calls).containsKeys("openat", "write", "fsync", "rename", "mkdir", "unlink");
    List<Fault> faults = new ArrayList<>();
    for (Map.Entry<String, Integer> call : new TreeMap<>(calls).entrySet()) {
      for (int n = 1; n <= call.getValue(); n++) {
        for (String how : FAULTS) {
          faults.add(new Fault(call.getKey(), n, how));
        }
      }
    }
    return faults;
  }

  private void goesWrong(Path log, Set<String> paths, Fault fault) throws Exception {
    Files.createDirectory(log);
    Chronicle chronicle = new Chronicle();
    Strace.Life life = life(log, 1, injecting(paths, fault.option()));
    life.said().forEach(chronicle::line);
    if (fault.how().equals("signal=SIGKILL")) {
      assertThat(life.code()).as("%s %s", fault, life.said()).isEqualTo(Strace.KILLED);
    } else {
      List<Integer> ends = new ArrayList<>(List.of(LogLife.STOPPED, LogLife.REFUSED));
      if (fault.call().equals("mkdir")) {
        ends.add(0); // Java tries a second time
      }
      assertThat(life.code()).as("%s %s", fault, life.said()).isIn(ends);
    }
    chronicle.goesOn(Shelf.Kind.FILES, log, 2, BATCHES);
    Folders.delete(log);
  }

  /** One log whose writer is killed in life after life, so that repairs are cut short as well. */
  private void killedOverAndOver(int seed, int killsMin) throws Exception {
    Path log = temp.resolve("log");
    Set<String> paths = undisturbed(log).paths();
    SplittableRandom random = new SplittableRandom(seed);
    List<String> calls = List.of("openat", "write", "fsync", "rename");
    Files.createDirectory(log);
    Chronicle chronicle = new Chronicle();
    int kills = 0;
    int life = 1;
    for (int code = -1; code != 0; life++) {
      assertThat(life).isLessThan(LIVES_MAX);
      String call = calls.get(random.nextInt(calls.size()));
      Fault fault = new Fault(call, 1 + random.nextInt(16), "signal=SIGKILL");
      Strace.Life lived = life(log, life, injecting(paths, fault.option()));
      lived.said().forEach(chronicle::line);
      code = lived.code();
      assertThat(code).as("%s %s", fault, lived.said()).isIn(0, Strace.KILLED);
      kills += code == 0 ? 0 : 1;
    }
    assertThat(kills).isGreaterThanOrEqualTo(killsMin);
    chronicle.goesOn(Shelf.Kind.FILES, log, life, BATCHES);
    Folders.delete(log);
  }

  private static List<String> injecting(Set<String> paths, String what) {
    List<String> options =
        new ArrayList<>(List.of("-o", "/dev/null", "-e", "trace=" + Strace.CALLS));
    paths.forEach(path -> options.addAll(List.of("-P", path)));
    options.addAll(List.of("-e", what));
    return options;
  }

  private Strace.Life life(Path log, int life, List<String> options) throws Exception {
    return Strace.run(
        temp, options, Shelf.Kind.FILES.name(), log.toString(), "" + life, "" + BATCHES);
  }
}
