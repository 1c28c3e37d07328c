package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A control group of one unit: the kernel adds up all its processes and holds their sum to what was
 * allotted. {@link #NONE} stands for a computer where there are no such groups for the agent.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">cgroup v2</a>
 */
public final class Cgroup {
  /** No group: each process is held to its own limits. */
  public static final Cgroup NONE = new Cgroup(Path.of(""), new ConcurrentLinkedQueue<>());

  private final Path directory;
  private final Queue<Path> left;

  /**
   * @param left where it is noted when it cannot be removed yet
   */
  Cgroup(Path directory, Queue<Path> left) {
    this.directory = directory;
    this.left = left;
  }

  /** Whether there is none. */
  public boolean isNone() {
    return this == NONE;
  }

  /** Its directory, for the shell that joins it; empty for none. */
  String path() {
    return directory.toString();
  }

  /** InstructionSet time of everything that ever ran in it, in microseconds; empty for none. */
  public Optional<Long> cpuMicros() throws IOException {
    return isNone() ? Optional.empty() : number("cpu.stat", "usage_usec");
  }

  /** Whether the kernel ended processes in it since they had more memory than allotted. */
  public boolean ranOutOfMemory() throws IOException {
    return !isNone() && number("memory.events", "oom_kill").orElse(0L) > 0;
  }

  private Optional<Long> number(String file, String name) throws IOException {
    Path path = directory.resolve(file);
    if (!Files.isReadable(path)) {
      return Optional.empty();
    }
    return Files.readAllLines(path).stream()
        .filter(line -> line.matches(name + " [0-9]{1,18}"))
        .map(line -> Long.valueOf(line.substring(name.length() + 1)))
        .findFirst();
  }

  /**
   * Gives it back to the system, once nothing runs in it any more. The kernel may need a moment
   * longer; then it goes when the next one is made.
   */
  public void remove() {
    if (!isNone() && !directory.toFile().delete()) {
      left.add(directory);
    }
  }
}
