package org.almoner.trials.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A life in a process of its own whose system calls are recorded, or made to fail. */
final class Strace {
  /** Exit code of a process that SIGKILL ended. */
  static final int KILLED = 128 + 9;

  /** The calls that change a disk, or wait for it. */
  static final String CALLS =
      "openat,write,pwrite64,fsync,fdatasync,ftruncate,fallocate,rename,renameat,renameat2,link,"
          + "linkat,mkdir,mkdirat,unlink,unlinkat,rmdir";

  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final long SECONDS_MAX = 120;

  /** Exit code, and what the process said. */
  record Life(int code, List<String> said) {}

  private Strace() {}

  /** Skips the test where processes cannot be traced. */
  static void need() throws IOException, InterruptedException {
    boolean works =
        Files.isExecutable(STRACE)
            && new ProcessBuilder(STRACE.toString(), "-qq", "-e", "trace=none", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0;
    assumeTrue(works, "tool missing: strace");
  }

  /**
   * Runs one life.
   *
   * @param scratch a folder for what strace and the life say
   * @param options of strace, none to run without it
   * @param words of {@link LogLife#main}
   */
  static Life run(Path scratch, List<String> options, String... words)
      throws IOException, InterruptedException {
    return run(scratch, options, LogLife.class, words);
  }

  /** As the other, for any program. */
  static Life run(Path scratch, List<String> options, Class<?> program, String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    if (!options.isEmpty()) {
      line.addAll(List.of(STRACE.toString(), "-f", "-qq"));
      // Under seccomp-bpf only the calls asked for stop, which is faster; but such a stop takes no
      // signal.
      if (options.stream().noneMatch(option -> option.contains(":signal="))) {
        line.add("--seccomp-bpf");
      }
      line.addAll(options);
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx256m"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(line::add);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    line.addAll(List.of(words));
    Path said = scratch.resolve("said");
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(said.toFile())
            .redirectError(scratch.resolve("errors").toFile())
            .start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("no end: " + Files.readString(scratch.resolve("errors")));
    }
    return new Life(process.exitValue(), said(Files.readString(said)));
  }

  /** The first lines of what the libraries of the life in {@code scratch} complained about. */
  static String errors(Path scratch) {
    try {
      return Files.readString(scratch.resolve("said"))
          .lines()
          .filter(line -> line.startsWith("ERROR") || line.startsWith("class "))
          .limit(3)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a life said, among what its libraries wrote. */
  static List<String> said(String text) {
    return text.lines()
        .filter(line -> line.startsWith(LogLife.SAID))
        .map(line -> line.substring(LogLife.SAID.length()))
        .toList();
  }

  /** Options that record every call that changes files, with all octets, in {@code file}. */
  static List<String> recording(Path file) {
    return List.of(
        "-y", "-xx", "-s", "33554432", "-e", "trace=" + CALLS + ",lseek", "-o", file.toString());
  }
}
