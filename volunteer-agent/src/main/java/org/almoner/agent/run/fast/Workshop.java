package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.almoner.agent.run.disk.DiskWatch;
import org.almoner.agent.run.sandbox.Inside;
import org.almoner.agent.run.sandbox.Limits;
import org.almoner.agent.run.sandbox.Mount;
import org.almoner.agent.run.sandbox.Progress;
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

  /**
   * What may lie in the directory: 4 GiB, in files of which a module's segments of data are most.
   */
  private static final long OCTETS_MAX = 4L << 30;

  private static final int ENTRIES_MAX = 200_000;

  /** Time between two looks at that. */
  private static final long LOOK_SECONDS = 2;

  /** How long the last of a tool's processes may take to go. */
  private static final long END_SECONDS_MAX = 10;

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
   * Runs a tool to its end: no process of it is left that could change what it made.
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
      await(process, tool.get(0));
      if (!Progress.read(status).awaitEnd(END_SECONDS_MAX)) {
        throw new BuildFailed(tool.get(0) + " ended and left others running");
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

  private void await(Process process, String tool)
      throws IOException, InterruptedException, BuildFailed {
    DiskWatch disk = new DiskWatch(List.of(directory), ENTRIES_MAX, OCTETS_MAX);
    for (long left = SECONDS_MAX; !process.waitFor(LOOK_SECONDS, TimeUnit.SECONDS); ) {
      left -= LOOK_SECONDS;
      if (left <= 0) {
        throw new BuildFailed(tool + " did not end within " + SECONDS_MAX + " s");
      }
      Optional<String> broken = disk.broken();
      if (broken.isPresent()) {
        throw new BuildFailed(tool + " was ended: " + broken.get());
      }
      if (disk.isDiskFull()) {
        throw new BuildFailed(
            tool
                + " was ended: this computer has less than "
                + DiskWatch.FREE_BYTES_MIN
                + " octets of disk left");
      }
    }
  }

  /** Whatever the agent's own habit is in giving out files. */
  private void readable() throws IOException {
    for (Mount mount : others) {
      sandbox.letRead(mount.outside());
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)).toList()) {
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
