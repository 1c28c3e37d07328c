package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.almoner.agent.run.sandbox.Inside;
import org.almoner.agent.run.sandbox.Limits;
import org.almoner.agent.run.sandbox.Mount;
import org.almoner.agent.run.sandbox.Sandbox;

/**
 * A directory in which a tool works, in the sandbox: what it reads was made from a stranger's
 * module, and a compiler is a large program.
 */
final class Workshop {
  /** Where the tool finds the directory. */
  static final String HERE = "/work";

  /** Longest that one tool may take: 10 min. */
  private static final long SECONDS_MAX = 600;

  /** Memory of one tool: 3 GiB. Prodigal 2.6.3, a large program of science, takes one third. */
  private static final long MEMORY_BYTES_MAX = 3L << 30;

  /** Largest file a tool may write: 2 GiB. */
  private static final long FILE_BYTES_MAX = 2L << 30;

  /** A compiler's driver, the compiler, the assembler and the linker, with threads. */
  private static final int PROCESSES_MAX = 64;

  private static final int OPEN_FILES_MAX = 256;
  private static final int WORDS_OCTETS_MAX = 4_000;

  private final Sandbox sandbox;
  private final Path directory;
  private final List<Mount> others;

  /**
   * @param directory an existing one, which the tool may change
   * @param others what it finds besides
   */
  Workshop(Sandbox sandbox, Path directory, List<Mount> others) throws IOException {
    this.sandbox = sandbox;
    this.directory = directory;
    this.others = List.copyOf(others);
    sandbox.letWrite(directory);
  }

  /**
   * Runs a tool to its end.
   *
   * @throws BuildFailed when it fails; with the first line it printed of an error
   */
  void run(List<String> tool) throws IOException, InterruptedException, BuildFailed {
    List<Mount> mounts = new ArrayList<>(others);
    mounts.add(Mount.writable(directory, HERE));
    Map<String, String> environment = new HashMap<>(Inside.PLAIN_ENVIRONMENT);
    environment.put("TMPDIR", HERE);
    Inside inside =
        new Inside(
            mounts,
            HERE,
            environment,
            new Limits(MEMORY_BYTES_MAX, FILE_BYTES_MAX, PROCESSES_MAX, OPEN_FILES_MAX));
    readable();
    Path log = Files.createTempFile(directory.getParent(), "tool", ".log");
    Path status = Files.createTempFile(directory.getParent(), "tool", ".status");
    Process process =
        new ProcessBuilder(sandbox.command(inside, tool, status))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new BuildFailed(tool.get(0) + " did not end within " + SECONDS_MAX + " s");
      }
      if (process.exitValue() != 0) {
        throw new BuildFailed(tool.get(0) + " failed: " + words(log, process.exitValue()));
      }
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
      Files.deleteIfExists(status);
    }
  }

  /** Whatever the agent's own habit is in giving out files. */
  private void readable() throws IOException {
    for (Mount mount : others) {
      sandbox.letRead(mount.outside());
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sandbox.letRead(file);
      }
    }
  }

  private static String words(Path log, int code) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      String said = new String(in.readNBytes(WORDS_OCTETS_MAX), StandardCharsets.UTF_8);
      return said.lines()
          .filter(line -> line.contains("error"))
          .findFirst()
          .or(() -> said.lines().findFirst())
          .orElse("code " + code)
          .replaceAll("\\p{Cntrl}", "?");
    }
  }
}
