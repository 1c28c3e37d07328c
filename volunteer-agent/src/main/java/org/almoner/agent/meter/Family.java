package org.almoner.agent.meter;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the descendants of a process: by the lists of children that most Linux kernels keep, else
 * by looking at every process there is.
 */
final class Family {
  private final Path proc;

  /** Looks below {@code proc}; where there is no such folder, asks Java. */
  Family(Path proc) {
    this.proc = proc;
  }

  /** Its descendants, parents before children; without itself. */
  Set<Long> of(ProcessHandle process) {
    Set<Long> found = new LinkedHashSet<>();
    if (!Files.exists(children(process.pid(), Long.toString(process.pid())))) {
      process.descendants().forEach(descendant -> found.add(descendant.pid()));
      return found;
    }
    Deque<Long> toAsk = new ArrayDeque<>(Set.of(process.pid()));
    while (!toAsk.isEmpty()) {
      long parent = toAsk.remove();
      String[] threads = new File(proc.toFile(), parent + "/task").list();
      for (String thread : threads == null ? new String[0] : threads) {
        for (long child : read(children(parent, thread))) {
          if (found.add(child)) {
            toAsk.add(child);
          }
        }
      }
    }
    return found;
  }

  private Path children(long process, String thread) {
    return proc.resolve(process + "/task/" + thread + "/children");
  }

  private static long[] read(Path children) {
    try {
      String text = new String(Files.readAllBytes(children), StandardCharsets.US_ASCII).strip();
      return text.isEmpty()
          ? new long[0]
          : java.util.Arrays.stream(text.split(" +", -1)).mapToLong(Long::parseLong).toArray();
    } catch (IOException | NumberFormatException e) {
      return new long[0]; // It ended while it was read.
    }
  }
}
