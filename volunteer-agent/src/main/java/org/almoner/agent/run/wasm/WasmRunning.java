package org.almoner.agent.run.wasm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.process.ChildResult;
import org.almoner.agent.run.snapshot.Earlier;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Wasm unit in its process, and how the end of the process is read. */
final class WasmRunning implements Running {
  private static final String MARK = "#";
  private static final int OBITUARY_LINES = 6;
  private static final Logger LOG = LoggerFactory.getLogger(WasmRunning.class);
  private static final int LOG_OCTETS_MAX = 10_000;

  private final ChildProcess process;
  private final Earlier earlier;
  private final ChildFiles files;
  private final Allotment allotment;
  private final CompiledModules compiled;
  private final MemoryKind kind;
  private final Hash metered;

  /**
   * @param metered digest of the module as it runs
   */
  WasmRunning(
      ChildProcess process,
      Earlier earlier,
      ChildFiles files,
      Allotment allotment,
      CompiledModules compiled,
      MemoryKind kind,
      Hash metered) {
    this.process = process;
    this.earlier = earlier;
    this.files = files;
    this.allotment = allotment;
    this.compiled = compiled;
    this.kind = kind;
    this.metered = metered;
  }

  @Override
  public RunOutcome await() throws InterruptedException {
    RunOutcome outcome = outcome();
    try {
      if (outcome instanceof RunOutcome.Crashed) {
        compiled.forget(metered, kind);
      } else {
        compiled.keep(metered, kind, files.compiled());
      }
    } catch (IOException e) {
      LOG.warn("the compiled module cannot be kept: {}", e.toString());
    }
    return outcome;
  }

  private RunOutcome outcome() throws InterruptedException {
    ChildProcess.End end = process.await();
    Optional<String> exceeded = process.exceeded();
    if (exceeded.isPresent()) {
      return crashed(exceeded.get()); // the engine's memory, not the guest's
    }
    return switch (end) {
      case STOPPED -> new RunOutcome.Stopped(measured(0));
      case WALL_TIME ->
          new RunOutcome.TimedOut(
              "the unit ran longer than the " + allotment.wallMs() + " ms it was allotted",
              measured(0));
      case BY_ITSELF -> ended();
    };
  }

  private RunOutcome ended() {
    if (process.exitCode() != 0) {
      return crashed("the unit's process ended with code " + process.exitCode() + lastWords());
    }
    try {
      return read(ChildResult.parse(bounded(files.result(), ChildResult.OCTETS_MAX)));
    } catch (IOException | MalformedJson | MalformedBundle e) {
      return crashed("the unit's process left no readable result: " + e.getMessage());
    }
  }

  private RunOutcome read(ChildResult result) throws IOException, MalformedBundle {
    Measured measured = measured(result.cpuMs());
    boolean failed = result.end() == ChildResult.End.TRAPPED || result.exit() != 0;
    if (failed && result.memoryRefused()) {
      return new RunOutcome.OutOfMemory(
          "the guest failed after it was refused more than "
              + allotment.memoryBytes()
              + " octets of memory",
          result.count(),
          result.tail(),
          measured);
    }
    return switch (result.end()) {
      case FINISHED ->
          new RunOutcome.Finished(
              result.exit(), result.count(), files.bundle(), digest(), result.tail(), measured);
      case TRAPPED ->
          new RunOutcome.Trapped(result.reason(), result.count(), result.tail(), measured);
      case REFUSED -> new RunOutcome.Refused(result.reason(), measured);
    };
  }

  /** The agent reads the bundle itself: what it signs, it has seen. */
  private Hash digest() throws IOException, MalformedBundle {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(files.bundle()))) {
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
    try {
      List<String> lines =
          new String(bounded(files.log(), LOG_OCTETS_MAX), StandardCharsets.UTF_8).lines().toList();
      String words = obituary(lines);
      if (words.isEmpty() && !lines.isEmpty()) {
        words = lines.get(lines.size() - 1);
      }
      return words.isEmpty() ? "" : ": " + words.replaceAll("\\p{Cntrl}", "?");
    } catch (IOException e) {
      return "";
    }
  }

  /** The beginning of what a Java machine prints behind marks when it dies, which says of what. */
  private static String obituary(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()).strip())
        .filter(line -> !line.isEmpty())
        .limit(OBITUARY_LINES)
        .collect(Collectors.joining(" "));
  }

  private static byte[] bounded(Path file, int max) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(max);
    }
  }

  @Override
  public Engine engine() {
    return Engine.PORTABLE;
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
