package org.almoner.command.rebuild;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs one program to its end, with an environment of its own and its output in a file. */
final class Tool {
  /** Longest run of any of them. */
  static final Duration TIME_MAX = Duration.ofMinutes(30);

  /** Lines of output that are shown of a program that failed. */
  private static final int LINES_SHOWN = 20;

  private final Path log;

  /** Keeps the output of the last run in {@code log}. */
  Tool(Path log) {
    this.log = log;
  }

  /**
   * Runs it and waits.
   *
   * @param inherited names of what it gets of this program's environment
   * @param environment what it gets besides
   * @return its exit code
   * @throws RebuildStopped when there is no such program, or it does not end
   */
  int run(Path folder, Set<String> inherited, Map<String, String> environment, List<String> command)
      throws RebuildStopped, IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(inherited);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new RebuildStopped(
          "there is no program " + command.get(0) + " here; install it and try again");
    }
    try {
      if (!process.waitFor(TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
        throw new RebuildStopped(
            command.get(0) + " did not end within " + TIME_MAX.toMinutes() + " minutes");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildStopped("interrupted while " + command.get(0) + " ran");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** What it printed, whole. */
  String output() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
  }

  /** The end of what it printed. */
  String tail() throws IOException {
    List<String> lines = output().lines().toList();
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
  }
}
