package org.almoner.agent.run.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Processes of units whose agent was killed.
 *
 * <p>A unit's process ends when the pipe from its agent does, but one that was held still cannot
 * notice: it would stay until the computer is shut down. So each is noted in its own directory, by
 * number and time of start, and the next agent in that home ends what is left. A number alone is
 * not enough: the system gives it out again.
 */
public final class Orphans {
  /**
   * The system computes a time of start from two clocks, so that it may tell it otherwise later.
   */
  private static final long START_SLACK_MS = 2_000;

  private static final long END_SECONDS_MAX = 10;
  private static final int OCTETS_MAX = 1_000;

  private Orphans() {}

  /** Notes a process just started in the directory of {@code files}. */
  static void note(ChildFiles files, ProcessHandle process) throws IOException {
    Optional<Instant> start = process.info().startInstant();
    if (start.isPresent()) {
      Files.write(
          files.process(),
          CanonicalJson.encode(
              JsonValue.Obj.of()
                  .put("pid", process.pid())
                  .put("startMs", start.get().toEpochMilli())
                  .build()));
    }
  }

  /**
   * Ends every process noted in a directory below {@code scratch} that still runs, with all it
   * started, and waits for their ends. Called by an agent that holds the home's lock, before it
   * starts any unit.
   *
   * @return how many there were
   * @throws IOException also when one does not end
   */
  public static int end(Path scratch) throws IOException, InterruptedException {
    int ended = 0;
    for (Path directory : directories(scratch)) {
      Optional<ProcessHandle> orphan = orphan(new ChildFiles(directory).process());
      if (orphan.isPresent()) {
        end(orphan.get());
        ended++;
      }
    }
    return ended;
  }

  private static List<Path> directories(Path scratch) throws IOException {
    if (!Files.isDirectory(scratch)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(scratch)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  private static Optional<ProcessHandle> orphan(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > OCTETS_MAX) {
      return Optional.empty();
    }
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(Files.readAllBytes(file)));
      long pid = fields.integer("pid", 1, JsonValue.INTEGER_MAX);
      long startMs = fields.integer("startMs", 0, JsonValue.INTEGER_MAX);
      return ProcessHandle.of(pid).filter(process -> startedAt(process, startMs));
    } catch (MalformedJson e) {
      // Cut short: its agent died before it could hold the process still, so that it ends itself.
      return Optional.empty();
    }
  }

  private static boolean startedAt(ProcessHandle process, long startMs) {
    return process
        .info()
        .startInstant()
        .filter(start -> Math.abs(start.toEpochMilli() - startMs) <= START_SLACK_MS)
        .isPresent();
  }

  private static void end(ProcessHandle orphan) throws IOException, InterruptedException {
    List<ProcessHandle> all = Stream.concat(orphan.descendants(), Stream.of(orphan)).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(END_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException(
            "process " + one.pid() + ", left over by an agent that was killed, does not end", e);
      }
    }
  }
}
