package org.almoner.agent.run.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's own books of a tree of processes, kept in a cgroup and so without any of the ways in
 * which a meter could miss something.
 */
final class Kernel implements AutoCloseable {
  /** Where such a group may be: the first version's, the second's beside it, the second's alone. */
  private static final List<Path> PLACES =
      List.of(
          Path.of("/sys/fs/cgroup/cpuacct"),
          Path.of("/sys/fs/cgroup/unified"),
          Path.of("/sys/fs/cgroup"));

  private final Path group;

  private Kernel(Path group) {
    this.group = group;
  }

  static Kernel open() throws IOException {
    for (Path place : PLACES) {
      if (Files.exists(place.resolve("cgroup.procs"))
          && Files.isWritable(place.resolve("cgroup.procs"))) {
        String name = "almoner-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        return new Kernel(Files.createDirectory(place.resolve(name)));
      }
    }
    assumeTrue(false, "tool missing: a cgroup that may be written to");
    throw new AssertionError();
  }

  /** Begins a command that is to run in the group. */
  List<String> into() {
    return List.of(
        "sh", "-c", "echo $$ > " + group.resolve("cgroup.procs") + "; exec \"$@\"", "into");
  }

  long cpuMs() throws IOException {
    Path first = group.resolve("cpuacct.usage");
    if (Files.exists(first)) {
      return Long.parseLong(Files.readString(first).strip()) / 1_000_000;
    }
    return Files.readAllLines(group.resolve("cpu.stat")).stream()
        .filter(line -> line.startsWith("usage_usec "))
        .mapToLong(line -> Long.parseLong(line.substring("usage_usec ".length())) / 1_000)
        .findFirst()
        .orElseThrow();
  }

  /** Processes in the group, those that ended and were not asked for among them. */
  List<String> processes() throws IOException {
    return Files.readAllLines(group.resolve("cgroup.procs"));
  }

  @Override
  public void close() throws IOException {
    Files.delete(group); // Fails when anything of it still runs.
  }
}
