package org.almoner.agent.run.nativ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.sandbox.Cgroup;
import org.almoner.agent.run.sandbox.Progress;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.OutputBundle;

/** A native unit in its sandbox, how its disk is watched, and how its end is read. */
final class NativeRunning implements Running {
  /** Time between two looks at the disk, and how much of one processor looking may take: 1 %. */
  private static final long LOOK_MS_MIN = 100;

  private static final long LOOK_MS_MAX = 2_000;
  private static final long LOOK_SHARE = 100;

  /** How long the last of its processes may take to go once it was killed. */
  private static final long END_SECONDS_MAX = 10;

  /** What a program that was killed with signal 9 ends with. */
  private static final int KILLED = 128 + 9;

  private final ChildProcess process;
  private final NativeFiles files;
  private final Allotment allotment;
  private final Cgroup group;
  private final DiskWatch disk;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Optional<String> broken = Optional.empty();
  private volatile Optional<String> unable = Optional.empty();

  NativeRunning(ChildProcess process, NativeFiles files, Allotment allotment, Cgroup group) {
    this.process = process;
    this.files = files;
    this.allotment = allotment;
    this.group = group;
    this.disk =
        new DiskWatch(
            List.of(files.child().scratch(), files.child().log()),
            BundleLimits.ofOctets(allotment.diskBytes()));
  }

  @Override
  public RunOutcome await() throws InterruptedException {
    Thread watch = new Thread(this::watch, "disk-of-unit");
    watch.setDaemon(true);
    watch.start();
    ChildProcess.End end;
    try {
      end = process.await();
    } finally {
      ended.countDown();
      process.stop();
    }
    watch.join();
    try {
      return outcome(end, Progress.read(files.status()));
    } catch (IOException e) {
      return crashed("what the unit left cannot be read: " + e.getMessage());
    }
  }

  /** Looks until the end, at intervals that grow with what there is to look at. */
  private void watch() {
    try {
      long waitMs = LOOK_MS_MIN;
      while (!ended.await(waitMs, TimeUnit.MILLISECONDS)) {
        long beforeMs = process.spent().wallMs();
        look();
        long tookMs = process.spent().wallMs() - beforeMs;
        waitMs = Math.min(LOOK_MS_MAX, Math.max(LOOK_MS_MIN, tookMs * LOOK_SHARE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      broken = disk.broken();
      if (disk.isDiskFull()) {
        unable =
            Optional.of(
                "this computer has less than " + DiskWatch.FREE_BYTES_MIN + " octets of disk left");
      }
    } catch (IOException e) {
      unable = Optional.of("what the unit writes cannot be looked at: " + e.getMessage());
    }
    if (broken.isPresent() || unable.isPresent()) {
      process.stop();
      ended.countDown();
    }
  }

  private RunOutcome outcome(ChildProcess.End end, Progress progress)
      throws IOException, InterruptedException {
    if (!progress.awaitEnd(END_SECONDS_MAX)) {
      return crashed("the unit's processes do not end");
    }
    boolean outOfMemory = group.ranOutOfMemory();
    group.remove();
    if (outOfMemory) {
      return new RunOutcome.OutOfMemory(
          "the unit had more memory than the "
              + allotment.memoryBytes()
              + " octets it was allotted",
          0,
          LogTail.of(files.child().log()),
          process.measured(0));
    }
    if (broken.isPresent()) {
      return trapped("the unit was ended: " + broken.get());
    }
    if (unable.isPresent()) {
      return crashed(unable.get());
    }
    Optional<String> exceeded = process.exceeded();
    if (exceeded.isPresent()) {
      List<String> tail = LogTail.of(files.child().log());
      return new RunOutcome.OutOfMemory(exceeded.get(), 0, tail, process.measured(0));
    }
    return switch (end) {
      case STOPPED -> new RunOutcome.Stopped(process.measured(0));
      case WALL_TIME ->
          new RunOutcome.TimedOut(
              "the unit ran longer than the " + allotment.wallMs() + " ms it was allotted",
              process.measured(0));
      case BY_ITSELF -> ended(progress);
    };
  }

  private RunOutcome ended(Progress progress) throws IOException {
    Optional<Integer> exit = progress.exitCode();
    List<String> tail = LogTail.of(files.child().log());
    if (exit.isEmpty()) {
      return crashed(
          "the unit's sandbox did not start"
              + (tail.isEmpty() ? "" : ": " + tail.get(tail.size() - 1)));
    }
    if (exit.get() == KILLED) {
      return crashed("the unit's program was killed, perhaps since this computer lacked memory");
    }
    try {
      Optional<String> hidden = disk.broken();
      if (hidden.isPresent()) {
        throw new RefusedOutput(hidden.get());
      }
      return new RunOutcome.Finished(
          exit.get(), 0, files.child().bundle(), bundle(exit.get()), tail, process.measured(0));
    } catch (RefusedOutput e) {
      return trapped("the unit has no result: " + e.sentence());
    }
  }

  /** What a program leaves that says itself that it failed is of no use to anybody. */
  private Hash bundle(int exit) throws IOException, RefusedOutput {
    Path bundle = files.child().bundle();
    if (exit != 0) {
      byte[] empty = new OutputBundle(List.of()).encode();
      Files.write(bundle, empty);
      return Hash.sha256(empty);
    }
    return OutputTree.bundle(files.out(), BundleLimits.ofOctets(allotment.diskBytes()), bundle);
  }

  private RunOutcome trapped(String reason) throws IOException {
    return new RunOutcome.Trapped(reason, 0, LogTail.of(files.child().log()), process.measured(0));
  }

  private RunOutcome crashed(String reason) {
    return new RunOutcome.Crashed(reason, process.measured(0));
  }

  @Override
  public Engine engine() {
    return Engine.NATIVE;
  }

  @Override
  public Spent spent() {
    return process.spent();
  }

  @Override
  public void stop() {
    process.stop();
  }

  @Override
  public void pause() {
    process.pause();
  }

  @Override
  public void resume() {
    process.resume();
  }
}
