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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.almoner.agent.run.RunOutcome.Stopped;
import org.almoner.agent.run.RunOutcome.TimedOut;
import org.almoner.agent.run.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the life of a unit's process hangs on its agent. */
class ChildLifeTest {
  @TempDir Path directory;

  /** An agent that starts a unit without end, says which process it is, and waits. */
  static final class AgentMain {
    public static void main(String[] args) throws Exception {
      Running running = Runs.in(Path.of(args[0])).fixture("spin.wasm").start();
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

  @Test
  void whenTheAgentIsKilledItsUnitEnds() throws Exception {
    Process agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dalmoner.root=" + System.getProperty("almoner.root"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                AgentMain.class.getName(),
                directory.toString())
            .redirectError(new File(directory.toFile(), "agent.log"))
            .start();
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
    assertThat(outcome.measured().wallMs()).isGreaterThanOrEqualTo(1_500 + 2_000);
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
