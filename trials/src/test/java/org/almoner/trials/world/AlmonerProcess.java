package org.almoner.trials.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almoner.command.Main;

/**
 * One verb of the {@code almoner} command in a process of its own.
 *
 * <p>It ends by itself when the pipe from this JVM closes, so that a trial that is killed leaves
 * nothing behind.
 */
public final class AlmonerProcess implements AutoCloseable {
  private static final int TAIL_LINES = 30;

  private final Process process;
  private final Path output;

  private AlmonerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a verb that can be stopped by the end of its standard input.
   *
   * @param output file that its output is appended to
   * @param heap such as {@code 256m}
   */
  public static AlmonerProcess start(Path output, String heap, List<String> verb) {
    return start(output, heap, List.of(), verb);
  }

  /** As the other, with further options of the Java machine. */
  static AlmonerProcess start(
      Path output, String heap, List<String> javaOptions, List<String> verb) {
    List<String> line = command(heap, verb);
    line.addAll(1, javaOptions);
    line.add("--stop-with-stdin");
    return launch(output, line);
  }

  /** Runs a verb that ends by itself. */
  public static AlmonerProcess run(Path output, String heap, List<String> verb) {
    return launch(output, command(heap, verb));
  }

  private static AlmonerProcess launch(Path output, List<String> line) {
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      return new AlmonerProcess(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class path of this JVM, and the packages that it opened for Ignite. */
  private static List<String> command(String heap, List<String> verb) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heap));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(line::add);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(verb);
    return line;
  }

  public long pid() {
    return process.pid();
  }

  /** The processes that it started, and those that these started. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits until the process is gone: nothing it meant to do is done any more. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(30);
  }

  /** Waits for the exit code. */
  public int awaitEnd(long seconds) {
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new AssertionError("no end within " + seconds + " s; its output ends:\n" + tail());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
  }

  /** Asks it to end, and kills it when it does not. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** All it wrote. */
  public String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of what it wrote. */
  public String tail() {
    List<String> lines = output().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
