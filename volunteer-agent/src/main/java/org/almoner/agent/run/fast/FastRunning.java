package org.almoner.agent.run.fast;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.disk.DiskGuard;
import org.almoner.agent.run.disk.DiskWatch;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.process.ChildResult;
import org.almoner.agent.run.sandbox.Progress;
import org.almoner.agent.run.snapshot.Earlier;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;

/** A unit in its compiled program, and how the end of the process is read. */
final class FastRunning implements Running {
  private static final int LOG_OCTETS_MAX = 10_000;
  private static final long END_SECONDS_MAX = 10;

  private final ChildProcess process;
  private final Earlier earlier;
  private final FastFiles files;
  private final Allotment allotment;
  private final DiskWatch disk;

  FastRunning(
      ChildProcess process, Earlier earlier, FastFiles files, Allotment allotment, DiskWatch disk) {
    this.process = process;
    this.earlier = earlier;
    this.files = files;
    this.allotment = allotment;
    this.disk = disk;
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
    boolean ended = endedInside();
    if (process.exceeded().isPresent()) {
      return new RunOutcome.OutOfMemory(process.exceeded().get(), 0, List.of(), measured(0));
    }
    if (!guard.broken().isEmpty()) {
      return crashed("the unit's program was ended: " + guard.broken());
    }
    if (!guard.unable().isEmpty()) {
      return crashed(guard.unable());
    }
    return switch (end) {
      case STOPPED -> new RunOutcome.Stopped(measured(0));
      case WALL_TIME ->
          new RunOutcome.TimedOut(
              "the unit ran longer than the " + allotment.wallMs() + " ms it was allotted",
              measured(0));
      case BY_ITSELF ->
          ended ? ended() : crashed("the unit's process ended and left others running");
    };
  }

  /** What still runs could change what is read here. */
  private boolean endedInside() throws InterruptedException {
    try {
      return Progress.read(files.status()).awaitEnd(END_SECONDS_MAX);
    } catch (IOException e) {
      return false;
    }
  }

  private RunOutcome ended() {
    if (process.exitCode() != 0) {
      return crashed("the unit's process ended with code " + process.exitCode() + lastWords());
    }
    try (InputStream in = FastFiles.left(files.result())) {
      return read(FastResult.parse(in.readNBytes(FastResult.OCTETS_MAX)));
    } catch (IOException | MalformedResult | MalformedBundle e) {
      return crashed("the unit's process left no readable result: " + e.getMessage());
    }
  }

  private RunOutcome read(ChildResult result) throws IOException, MalformedBundle {
    Measured measured = measured(result.cpuMs());
    boolean trapped = result.end() != ChildResult.End.FINISHED;
    if (result.memoryRefused() && (trapped || result.exit() != 0)) {
      return new RunOutcome.OutOfMemory(
          "the guest failed after it was refused more than "
              + allotment.memoryBytes()
              + " octets of memory",
          result.count(),
          result.tail(),
          measured);
    }
    return trapped
        ? new RunOutcome.Trapped(result.reason(), result.count(), result.tail(), measured)
        : new RunOutcome.Finished(
            result.exit(), result.count(), files.bundle(), digest(), result.tail(), measured);
  }

  /** The agent reads the bundle itself: what it signs, it has seen. */
  private Hash digest() throws IOException, MalformedBundle {
    try (InputStream in = new BufferedInputStream(FastFiles.left(files.bundle()))) {
      return BundleReader.read(
          in,
          BundleLimits.ofOctets(allotment.diskBytes()),
          (path, size) -> OutputStream.nullOutputStream());
    }
  }

  private Measured measured(long ownCpuMs) {
    return earlier.and(process.measured(ownCpuMs));
  }

  private RunOutcome crashed(String reason) {
    return new RunOutcome.Crashed(reason, measured(0));
  }

  private String lastWords() {
    Path log = new ChildFiles(files.directory()).log();
    try (InputStream in = FastFiles.left(log)) {
      List<String> lines =
          new String(in.readNBytes(LOG_OCTETS_MAX), StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty()
          ? ""
          : ": " + lines.get(lines.size() - 1).replaceAll("\\p{Cntrl}", "?");
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public Engine engine() {
    return Engine.FAST;
  }

  @Override
  public Spent spent() {
    return earlier.and(process.spent());
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
