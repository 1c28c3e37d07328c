package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Processes of this very program that belong together and end together.
 *
 * <p>Each writes to a log file of its own, and each ends by itself when the pipe from this process
 * closes, so that none outlives a crew that was killed.
 */
final class Crew implements AutoCloseable {
  /** How long members may take to end by themselves before they are killed. */
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final List<String> SMALL_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Path logs;
  private final Map<String, Process> members = new LinkedHashMap<>();
  private boolean ending;
  private final Thread atExit = new Thread(this::end, "end-crew");

  Crew(Path logs) throws IOException {
    this.logs = Files.createDirectories(logs);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a member with at most {@code heap} of Java heap, such as {@code 128m}. */
  synchronized void start(String name, String heap, List<String> verb) throws IOException {
    List<String> jvm = new ArrayList<>(SMALL_JVM);
    jvm.add("-Xmx" + heap);
    List<String> line = new ArrayList<>(Self.command(jvm, verb));
    line.add("--stop-with-stdin");
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
            .start();
    members.put(name, process);
  }

  /** Kills one member without warning, as a power cut would. */
  synchronized void kill(String name) throws InterruptedException {
    Process process = members.remove(name);
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** A member that ended though nobody asked, with the end of its log; empty when all run. */
  synchronized List<String> fallen() {
    if (ending) {
      return List.of();
    }
    for (Map.Entry<String, Process> member : members.entrySet()) {
      if (!member.getValue().isAlive()) {
        return List.of(
            member.getKey()
                + " ended with code "
                + member.getValue().exitValue()
                + "; the end of "
                + log(member.getKey())
                + ":\n"
                + tail(log(member.getKey())));
      }
    }
    return List.of();
  }

  /** Asks all to end, last started first, then kills what is left. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the program is ending already: the hook runs or ran
    }
  }

  private synchronized void end() {
    ending = true;
    List<Process> last = new ArrayList<>(members.values());
    Collections.reverse(last);
    List<ProcessHandle> everyone = new ArrayList<>();
    for (Process process : last) {
      process.descendants().forEach(everyone::add);
      everyone.add(process.toHandle());
      process.destroy();
    }
    long deadline = System.nanoTime() + GRACE.toNanos();
    for (Process process : last) {
      try {
        process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    everyone.forEach(ProcessHandle::destroyForcibly);
    members.clear();
  }

  private Path log(String name) {
    return logs.resolve(name + ".log");
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }
}
