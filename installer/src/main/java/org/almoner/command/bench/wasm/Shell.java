package org.almoner.command.bench.wasm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.almoner.command.bench.BenchFailed;
import org.almoner.protocol.result.LastLines;

/** Runs a program to its end. */
final class Shell {
  private static final long TIME_MAX_S = 600;

  private final Path log;

  /** Keeps what the last program printed in {@code log}. */
  Shell(Path log) {
    this.log = log;
  }

  /**
   * Runs {@code command} in {@code folder}.
   *
   * @param environment what it gets besides this program's own
   * @return what it printed
   * @throws BenchFailed when it is not here, fails or does not end
   */
  String run(Path folder, Map<String, String> environment, List<String> command)
      throws BenchFailed, IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new BenchFailed("there is no program " + command.get(0) + " here; install it", e);
    }
    try {
      if (!process.waitFor(TIME_MAX_S, TimeUnit.SECONDS)) {
        throw new BenchFailed(command.get(0) + " did not end within " + TIME_MAX_S + " s");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String printed = Files.readString(log, StandardCharsets.ISO_8859_1);
    if (process.exitValue() != 0) {
      List<String> last = LastLines.of(printed.lines().toList()).lines();
      throw new BenchFailed(
          command.get(0)
              + " ended with code "
              + process.exitValue()
              + ": "
              + String.join(" ", last));
    }
    return printed;
  }
}
