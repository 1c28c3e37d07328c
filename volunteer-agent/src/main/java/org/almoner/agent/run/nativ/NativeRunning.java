package org.almoner.agent.run.nativ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.disk.DiskGuard;
import org.almoner.agent.run.disk.DiskWatch;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.sandbox.Cgroup;
import org.almoner.agent.run.sandbox.Progress;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.OutputBundle;

/** A native unit in its sandbox, and how its end is read. */
final class NativeRunning implements Running {
  /** How long the last of its processes may take to go once it was killed. */
  private static final long END_SECONDS_MAX = 10;

  /** What a program that was killed with signal 9 ends with. */
  private static final int KILLED = 128 + 9;

  private final ChildProcess process;
  private final NativeFiles files;
  private final Allotment allotment;
  private final Cgroup group;
  private final DiskWatch disk;

  NativeRunning(ChildProcess process, NativeFiles files, Allotment allotment, Cgroup group) {
    this.process = process;
    this.files = files;
    this.allotment = allotment;
    this.group = group;
    this.disk =
        new DiskWatch(
            List.of(files.child().scratch(), files.child().log()),
            BundleLimits.FILES_MAX,
            allotment.diskBytes());
  }

  @Override
  public RunOutcome await() throws InterruptedException {
    DiskGuard guard = DiskGuard.of(process, disk);
    ChildProcess.End end;
    try {
      end = process.await();
    } finally {
      process.stop();
      guard.end();
    }
    try {
      return outcome(end, guard, Progress.read(files.status()));
    } catch (IOException e) {
      return crashed("what the unit left cannot be read: " + e.getMessage());
    }
  }

  private RunOutcome outcome(ChildProcess.End end, DiskGuard guard, Progress progress)
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
    if (!guard.broken().isEmpty()) {
      return trapped("the unit was ended: " + guard.broken());
    }
    if (!guard.unable().isEmpty()) {
      return crashed(guard.unable());
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
