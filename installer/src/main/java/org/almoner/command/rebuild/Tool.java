package org.almoner.command.rebuild;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.almoner.protocol.result.LastLines;

/** Runs one program to its end, with an environment of its own and its output in a file. */
final class Tool {
  /** Longest run of any of them. */
  static final Duration TIME_MAX = Duration.ofMinutes(30);

  /** Octets of output that are read of a program. */
  private static final int OUTPUT_BYTES_MAX = 64 << 10;

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

  /** What it printed, or the last {@link #OUTPUT_BYTES_MAX} of it. */
  String output() throws IOException {
    try (SeekableByteChannel printed = Files.newByteChannel(log)) {
      printed.position(Math.max(0, printed.size() - OUTPUT_BYTES_MAX));
      ByteBuffer end = ByteBuffer.allocate(OUTPUT_BYTES_MAX);
      while (end.hasRemaining() && printed.read(end) >= 0) {}
      return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8).strip();
    }
  }

  /** The end of what it printed, without what would change the terminal that shows it. */
  String tail() throws IOException {
    return String.join(System.lineSeparator(), LastLines.of(output().lines().toList()).lines());
  }
}
