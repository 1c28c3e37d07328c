package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome.Stopped;
import org.almoner.agent.run.RunOutcome.TimedOut;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.process.Orphans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the life of a unit's process hangs on its agent. */
class ChildLifeTest {
  @TempDir Path directory;

  /** An agent that starts a unit without end, says which process it is, and waits. */
  static final class AgentMain {
    public static void main(String[] args) throws Exception {
      Running running = Runs.in(Path.of(args[0])).fixture("spin.wasm").start();
      if (args.length > 1) {
        running.pause();
      }
      System.out.println(onlyChild().pid());
      running.await();
    }
  }

  private static ProcessHandle onlyChild() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .findFirst()
        .orElseThrow();
  }

  private Process agent(String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dalmoner.root=" + System.getProperty("almoner.root"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(AgentMain.class.getName());
    command.add(directory.toString());
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(new File(directory.toFile(), "agent.log"))
        .start();
  }

  @Test
  void whenTheAgentIsKilledItsUnitEnds() throws Exception {
    Process agent = agent();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle unit = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(unit.isAlive()).isTrue();
      agent.destroyForcibly().waitFor();
      unit.onExit().get(60, TimeUnit.SECONDS);
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void whenTheAgentIsKilledItsPausedUnitIsEndedByTheNextAgent() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "tool missing: /proc");
    Process agent = agent("paused");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle unit = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      agent.destroyForcibly().waitFor();
      assertThat(state(unit)).as("it cannot notice").isEqualTo("T");
      assertThat(Orphans.end(directory)).isEqualTo(1);
      assertThat(unit.isAlive()).isFalse();
      assertThat(Orphans.end(directory)).isZero();
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void aProcessThatOnlyHasTheNumberOfAnOrphanIsSpared() throws Exception {
    Running running = Runs.in(directory).fixture("spin.wasm").start();
    try {
      Path note = note();
      String honest = Files.readString(note);
      Files.writeString(note, honest.replaceFirst("startMs\":[0-9]", "startMs\":2"));
      assertThat(Files.readString(note)).isNotEqualTo(honest);
      assertThat(Orphans.end(directory)).isZero();
      Files.writeString(note, honest.substring(0, honest.length() - 3));
      assertThat(Orphans.end(directory)).isZero();
      assertThat(onlyChild().isAlive()).isTrue();
    } finally {
      running.stop();
      running.await();
    }
  }

  private Path note() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.endsWith("process.json")).findFirst().orElseThrow();
    }
  }

  @Test
  void aPausedUnitStandsStillAndItsWallTimeToo() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "tool missing: /proc");
    Running running = Runs.in(directory).fixture("spin.wasm").wall(1_500).start();
    ProcessHandle unit = onlyChild();
    running.pause();
    AtomicReference<String> seen = new AtomicReference<>("nothing");
    Thread resumer = new Thread(() -> lookAndResume(running, unit, seen));
    resumer.start();
    TimedOut outcome = (TimedOut) running.await();
    resumer.join();
    assertThat(seen).hasValue("T");
    Measured measured = outcome.measured();
    assertThat(measured.endMs() - measured.startMs()).isGreaterThanOrEqualTo(1_500 + 1_990);
    assertThat(measured.wallMs()).isBetween(1_500L, measured.endMs() - measured.startMs() - 1_900);
  }

  private static void lookAndResume(
      Running running, ProcessHandle unit, AtomicReference<String> seen) {
    try {
      Thread.sleep(2_000); // longer than the wall time
      seen.set(state(unit));
    } catch (InterruptedException | IOException e) {
      seen.set(e.toString());
    } finally {
      running.resume();
    }
  }

  private static String state(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }

  @Test
  void aPausedUnitCanBeStopped() throws Exception {
    Running running = Runs.in(directory).fixture("spin.wasm").start();
    running.pause();
    running.stop();
    assertThat(running.await()).isInstanceOf(Stopped.class);
  }
}
