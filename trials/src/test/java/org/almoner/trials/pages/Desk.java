package org.almoner.trials.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A reader's desk: one terminal for what they paste, and more for what runs on.
 *
 * <p>Everything ends when the desk is closed, or when this JVM dies: what runs on waits for the end
 * of a pipe from here.
 */
final class Desk implements AutoCloseable {
  private static final String MARK = "===== the step has ended =====";
  private static final long WAIT_SECONDS_MAX = 120;

  private final Path folder;
  private final Map<String, String> environment;
  private final List<Process> elsewhere = new ArrayList<>();
  private final Process terminal;
  private final BufferedReader printed;

  /**
   * Sits down.
   *
   * @param folder where the reader is
   * @param environment all that the shells inherit
   */
  Desk(Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.environment = environment;
    this.terminal = shell("-eu").start();
    this.printed = terminal.inputReader(StandardCharsets.UTF_8);
  }

  /** Pastes commands and waits for their end; returns what they printed, errors too. */
  String paste(String commands) throws IOException {
    paste(terminal, commands + "\necho; echo '" + MARK + "'\n");
    StringBuilder output = new StringBuilder();
    for (String line = printed.readLine(); !MARK.equals(line); line = printed.readLine()) {
      if (line == null) {
        throw new AssertionError("a command failed; printed so far:\n" + output);
      }
      output.append(line).append('\n');
    }
    return output.toString();
  }

  /**
   * Pastes one command into another terminal, and waits until it printed what {@code step} shows.
   */
  void pasteElsewhere(Page.Step step, String commands) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "terminal", ".out");
    String untilThePipeEnds = commands + " &\npid=$!\nread -r end || kill $pid\nwait $pid\n";
    Process process = shell("-u", "-c", untilThePipeEnds).redirectOutput(output.toFile()).start();
    elsewhere.add(process);
    long waited = 0;
    String now = "";
    while (!step.missingIn(now).isEmpty() || now.isEmpty()) {
      if (!process.isAlive() || process.descendants().findAny().isEmpty() && waited > 2_000) {
        throw new AssertionError("it ended; it printed:\n" + Files.readString(output));
      }
      if (waited > WAIT_SECONDS_MAX * 1000) {
        throw new AssertionError("never came: " + step.missingIn(now) + "\nprinted:\n" + now);
      }
      Thread.sleep(50);
      waited += 50;
      now = Files.readString(output);
    }
  }

  private ProcessBuilder shell(String... options) {
    List<String> line = new ArrayList<>(List.of("sh"));
    line.addAll(List.of(options));
    ProcessBuilder shell = new ProcessBuilder(line).directory(folder.toFile());
    shell.environment().clear();
    shell.environment().putAll(environment);
    return shell.redirectErrorStream(true);
  }

  private static void paste(Process shell, String text) throws IOException {
    OutputStream keys = shell.getOutputStream();
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    terminal.getOutputStream().close();
    for (int i = elsewhere.size() - 1; i >= 0; i--) { // the coordinator, which was first, goes last
      Process process = elsewhere.get(i);
      List<ProcessHandle> below = process.descendants().toList();
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      below.forEach(ProcessHandle::destroyForcibly);
    }
    if (!terminal.waitFor(10, TimeUnit.SECONDS)) {
      terminal.descendants().forEach(ProcessHandle::destroyForcibly);
      terminal.destroyForcibly();
    }
  }
}
