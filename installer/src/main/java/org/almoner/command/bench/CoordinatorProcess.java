package org.almoner.command.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.durable.FolderTree;

/**
 * A coordinator in a process of its own, on a new data folder that goes with it. It ends with this
 * process, however that ends.
 */
final class CoordinatorProcess implements AutoCloseable {
  /** Longest a start may take, in seconds: a busy machine needs some ten. */
  private static final int START_SECONDS_MAX = 180;

  private static final long LOOK_MS = 50;
  private static final long END_SECONDS_MAX = 30;

  /** How long a process that closed its connections may take to be gone. */
  private static final long END_NOTICED_MS = 2_000;

  private static final int LOG_LINES_SHOWN = 15;

  private final Path folder;
  private final List<String> command;
  private volatile Process process;
  private final Thread atExit = new Thread(this::end, "end-coordinator");

  private CoordinatorProcess(Path folder, List<String> command) throws IOException {
    this.folder = folder;
    this.command = List.copyOf(command);
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts one and waits until it is ready. */
  static CoordinatorProcess start(Path parent, List<String> jvm, Program program)
      throws IOException, InterruptedException, BenchFailed {
    Path folder = Files.createTempDirectory(Files.createDirectories(parent), "almoner-bench-");
    CoordinatorProcess coordinator;
    try {
      coordinator =
          new CoordinatorProcess(folder, program.coordinator(folder.resolve("data"), jvm));
    } catch (IOException e) {
      FolderTree.remove(folder);
      throw e;
    }
    boolean ready = false;
    try {
      coordinator.awaitReady();
      ready = true;
      return coordinator;
    } finally {
      if (!ready) {
        coordinator.close();
      }
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolve("coordinator.log").toFile()))
        .start();
  }

  /** Kills it with SIGKILL, and waits until another one on the same folder is ready. */
  void killAndStartAgain() throws IOException, InterruptedException, BenchFailed {
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(folder.resolve("data").resolve("coordinator.url"));
    process = launch();
    awaitReady();
  }

  /** Folder on whose disk everything is kept. */
  Path folder() {
    return folder;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Place place() throws IOException, BenchFailed {
    return Place.of(URI.create(line("coordinator.url")), line("operator.token"));
  }

  /** Whether it runs; if not, the end of what it said. */
  void check() throws BenchFailed {
    if (!process.isAlive()) {
      throw new BenchFailed(
          "the coordinator ended with code " + process.exitValue() + ": " + endOfLog());
    }
  }

  /**
   * The reason why something broke off: what the coordinator said last, if it has ended or does so
   * in a moment, else {@code otherwise}.
   */
  BenchFailed reason(BenchFailed otherwise) throws InterruptedException {
    if (process.waitFor(END_NOTICED_MS, TimeUnit.MILLISECONDS)) {
      return new BenchFailed(
          "the coordinator ended with code " + process.exitValue() + ": " + endOfLog(), otherwise);
    }
    return otherwise;
  }

  private void awaitReady() throws IOException, InterruptedException, BenchFailed {
    long looksMax = TimeUnit.SECONDS.toMillis(START_SECONDS_MAX) / LOOK_MS;
    for (long i = 0; i < looksMax; i++) {
      check();
      if (Files.exists(folder.resolve("data").resolve("coordinator.url"))) {
        return;
      }
      Thread.sleep(LOOK_MS);
    }
    throw new BenchFailed(
        "the coordinator was not ready after " + START_SECONDS_MAX + " s: " + endOfLog());
  }

  private String line(String file) throws IOException {
    return Files.readString(folder.resolve("data").resolve(file), StandardCharsets.UTF_8).strip();
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("coordinator.log"));
      return String.join(
          " / ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  /** Ends it, and removes its folder. */
  @Override
  public void close() throws IOException {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The program is ending already: the hook runs or ran.
    }
  }

  private synchronized void end() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      FolderTree.remove(folder);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " was not removed", e);
    }
  }
}
