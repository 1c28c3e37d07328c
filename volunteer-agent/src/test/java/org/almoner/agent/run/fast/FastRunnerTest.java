package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units on the fast engine, hostile ones among them: the agent lives, and says what was wrong. */
class FastRunnerTest {
  private static final Path FIXTURES =
      Path.of(
          System.getProperty("almoner.root"),
          "volunteer-agent/src/test/resources/org/almoner/agent/run");

  @TempDir Path temp;
  private Fast fast;

  @BeforeEach
  void find() throws Exception {
    fast = Fast.engine();
  }

  private RunOutcome run(String module, String... args) throws Exception {
    return fast.run(FIXTURES.resolve(module + ".wasm"), List.of(args), Map.of());
  }

  @Test
  void aUnitLeavesItsOutputAndCount() throws Exception {
    RunOutcome.Finished ok = (RunOutcome.Finished) run("wasm/exit");
    assertThat(ok.exit()).isEqualTo(7);
    assertThat(ok.count()).isEqualTo(80_002);
    assertThat(OutputBundle.parse(Files.readAllBytes(ok.bundle())).files()).isEmpty();
  }

  @Test
  void anEndlessLoopEndsWithItsTime() throws Exception {
    fast.wall(1_000);
    assertThat(run("wasm/spin")).isInstanceOf(RunOutcome.TimedOut.class);
  }

  @Test
  void aUnitThatIsStoppedEnds() throws Exception {
    Running running = fast.start(FIXTURES.resolve("wasm/spin.wasm"), List.of(), Map.of());
    running.stop();
    assertThat(running.await()).isInstanceOf(RunOutcome.Stopped.class);
  }

  @Test
  void recursionWithoutEndIsATrap() throws Exception {
    assertThat(run("fast/deep"))
        .isInstanceOfSatisfying(
            RunOutcome.Trapped.class,
            no -> assertThat(no.reason()).startsWith("the guest trapped"));
  }

  @Test
  void memoryBeyondTheAllotmentIsRefusedWhateverTheProgramWasCompiledFor() throws Exception {
    assertThat(run("wasm/grow")).isInstanceOf(RunOutcome.OutOfMemory.class);
    fast.memory(2 << 20);
    assertThat(run("wasm/grow")).isInstanceOf(RunOutcome.OutOfMemory.class);
    fast.memory(1 << 16);
    assertThat(run("wasm/fill")).isInstanceOf(RunOutcome.Refused.class);
  }

  @Test
  void addressesOutsideTheMemoryAreTraps() throws Exception {
    for (String module : List.of("wasm/outside", "wasm/outside-far", "fast/edge", "fast/nobody")) {
      assertThat(run(module)).as(module).isInstanceOf(RunOutcome.Trapped.class);
    }
  }

  @Test
  void gigabytesOfOutputAreForgotten() throws Exception {
    fast.wall(1_000);
    Running running = fast.start(FIXTURES.resolve("wasm/shout.wasm"), List.of(), Map.of());
    assertThat(running.await()).isInstanceOf(RunOutcome.TimedOut.class);
  }

  private static FastRunner withoutCompiler() {
    return new FastRunner(
        List.of(),
        Fast.sandbox(),
        Fast.PLATFORM,
        new Machine(),
        ProcessControl.forSystem("Linux"),
        new Clocks(InstantSource.system(), System::nanoTime));
  }

  private Task task(List<Path> built) throws Exception {
    Path module = FIXTURES.resolve("wasm/exit.wasm");
    return new Task(
        new Software.Wasm(module, built),
        List.of(),
        Map.of(),
        new Allotment(1, 1 << 20, 1 << 20, 60_000),
        Files.createTempDirectory(temp, "run"),
        List.of());
  }

  @Test
  void whereNothingCompilesAnotherEngineIsAskedForAndFindsTheFolderEmpty() throws Exception {
    Task task = task(List.of());
    assertThatThrownBy(() -> withoutCompiler().start(task))
        .isInstanceOf(NoFastProgram.class)
        .hasMessageContaining("which has no compiler");
    assertThat(task.directory()).isEmptyDirectory();
  }

  @Test
  void whereNothingCompilesWhatWasPublishedRuns() throws Exception {
    Path published = temp.resolve("published");
    Bytes metered =
        WasmModule.admit(
                Files.readAllBytes(FIXTURES.resolve("wasm/exit.wasm")),
                new ModuleLimits(ModuleLimits.MEMORY_PAGES_MAX))
            .metered();
    Fast.kit().build(metered, published);
    assertThat(withoutCompiler().offered().wantsBuilt()).isTrue();
    assertThat(withoutCompiler().run(task(List.of(published))))
        .isInstanceOfSatisfying(
            RunOutcome.Finished.class, ok -> assertThat(ok.count()).isEqualTo(80_002));
  }

  @Test
  void whatWasPublishedAndIsNoProgramIsThisComputersTrouble() throws Exception {
    Path published = Files.writeString(temp.resolve("published"), "no program");
    assertThat(withoutCompiler().run(task(List.of(published))))
        .isInstanceOf(RunOutcome.Crashed.class);
  }

  /** Our host keeps the guest to its disk; what an owner has published may be another program. */
  @Test
  void whatWasPublishedAndFillsTheDiskIsEnded() throws Exception {
    Path source = temp.resolve("writes.c");
    Files.writeString(
        source,
        """
        #include <fcntl.h>
        #include <stdio.h>
        #include <unistd.h>
        int main(void) {
          static char octets[1 << 20];
          for (int i = 0;; i++) {
            char name[20];
            snprintf(name, sizeof name, "made-%d", i);
            int file = open(name, O_WRONLY | O_CREAT, 0600);
            if (file < 0 || write(file, octets, sizeof octets) < 0 || close(file) < 0) return 1;
          }
        }
        """);
    Path published = temp.resolve("writes");
    Process gcc =
        new ProcessBuilder("gcc", "-static", "-o", published.toString(), source.toString()).start();
    assertThat(gcc.waitFor()).isZero();

    assertThat(withoutCompiler().run(task(List.of(published))))
        .isInstanceOfSatisfying(
            RunOutcome.Crashed.class,
            no ->
                assertThat(no.reason())
                    .startsWith("the unit's program was ended: it wrote more than the "));
  }

  /** A process that broke out of its C could leave anything for the agent to open. */
  @Test
  void whatAProcessLeftIsOnlyReadWhenItIsAFile() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Path link = Files.createSymbolicLink(temp.resolve("result"), secret);
    assertThatThrownBy(() -> FastFiles.left(link)).hasMessageContaining("no regular file");
    assertThat(new ChildFiles(temp).log()).doesNotExist();
  }
}
