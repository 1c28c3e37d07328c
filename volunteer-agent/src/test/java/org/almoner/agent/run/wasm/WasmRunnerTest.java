package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.RunOutcome.Crashed;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.agent.run.RunOutcome.OutOfMemory;
import org.almoner.agent.run.RunOutcome.Refused;
import org.almoner.agent.run.RunOutcome.Stopped;
import org.almoner.agent.run.RunOutcome.TimedOut;
import org.almoner.agent.run.RunOutcome.Trapped;
import org.almoner.agent.run.Running;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way a unit can end, each in a real process. */
class WasmRunnerTest {
  @TempDir Path directory;

  @AfterEach
  void noProcessIsLeft() {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aLoopWithoutEndIsEndedByTheWallTime() throws Exception {
    RunOutcome outcome = Runs.in(directory).fixture("spin.wasm").wall(2_000).run();
    assertThat(((TimedOut) outcome).reason())
        .isEqualTo("the unit ran longer than the 2000 ms it was allotted");
    assertThat(outcome.measured().wallMs()).isBetween(2_000L, 20_000L);
  }

  @Test
  void aRunIsStoppedFromAnotherThread() throws Exception {
    Running running = Runs.in(directory).fixture("spin.wasm").start();
    Thread stopper = new Thread(running::stop);
    stopper.start();
    assertThat(running.await()).isInstanceOf(Stopped.class);
    stopper.join();
    running.stop(); // again, after the end: nothing happens
  }

  @Test
  void aGuestThatFailsForWantOfMemorySaysSo() throws Exception {
    OutOfMemory outcome =
        (OutOfMemory) Runs.in(directory).fixture("grow.wasm").memory(4 << 20).run();
    assertThat(outcome.reason())
        .isEqualTo("the guest failed after it was refused more than 4194304 octets of memory");
  }

  @Test
  void aGuestThatDoesWithoutTheMemoryFinishes() throws Exception {
    assertThat(Runs.in(directory).fixture("grow-polite.wasm").run()).isInstanceOf(Finished.class);
  }

  @ParameterizedTest
  @CsvSource({
    "outside.wasm, the guest trapped: out of bounds memory access at 65536 of 65536",
    "outside-far.wasm, the guest trapped: out of bounds memory access at 4294967280 of 65536",
    "divide.wasm, the guest trapped: integer divide by zero",
    "recursion.wasm, the guest trapped: call stack exhausted",
  })
  void whatWebAssemblyForbidsIsATrap(String fixture, String reason) throws Exception {
    Trapped outcome = (Trapped) Runs.in(directory).fixture(fixture).run();
    assertThat(outcome.reason()).isEqualTo(reason);
  }

  @Test
  void whatIsNoModuleIsRefusedBeforeAProcessIsStarted() throws Exception {
    Path text = Files.writeString(directory.resolve("module"), "#!/bin/sh\nrm -rf /\n");
    Refused outcome = (Refused) Runs.in(directory).module(text).run();
    assertThat(outcome.reason()).contains("no WebAssembly module of version 1");
    assertThat(outcome.measured().wallMs()).isZero();
  }

  @Test
  void aFunctionTooLargeForTheEngineIsRefusedAndNotInterpreted() throws Exception {
    Path module = Files.write(directory.resolve("large.wasm"), moduleWithChoices(20_000));
    Refused outcome = (Refused) Runs.in(directory).module(module).run();
    assertThat(outcome.reason())
        .isEqualTo(
            "the engine refuses the module: function 0 is too large for it; build with -fno-inline"
                + " and link without wasm-opt");
  }

  @Test
  void aFunctionTooLargeForAJavaMethodIsCutIntoSeveral() throws Exception {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write(0);
    for (int i = 0; i < 100_000; i++) {
      start.writeBytes(new byte[] {0x41, 7, 0x1a}); // i32.const 7, drop
    }
    start.write(0x0b);
    Path module = Files.write(directory.resolve("long.wasm"), module(start.toByteArray()));
    Finished outcome = (Finished) Runs.in(directory).module(module).run();
    assertThat(outcome.count()).isEqualTo(200_000);
  }

  /** A _start with one {@code br_table} of so many labels, which nothing could cut. */
  private static byte[] moduleWithChoices(int choices) {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes(new byte[] {0, 0x41, 0, 0x0e}); // i32.const 0, br_table
    start.writeBytes(leb(choices));
    start.writeBytes(new byte[choices + 1]);
    start.write(0x0b);
    return module(start.toByteArray());
  }

  /** One memory, and a _start with the body {@code start}. */
  private static byte[] module(byte[] start) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(1);
    code.writeBytes(leb(start.length));
    code.writeBytes(start);
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0});
    module.writeBytes(new byte[] {3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 19, 2});
    module.writeBytes(new byte[] {6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0});
    module.writeBytes(new byte[] {6, '_', 's', 't', 'a', 'r', 't', 0, 0, 10});
    module.writeBytes(leb(code.size()));
    module.writeBytes(code.toByteArray());
    return module.toByteArray();
  }

  private static byte[] leb(int value) {
    return new byte[] {
      (byte) ((value & 0x7f) | 0x80), (byte) (((value >> 7) & 0x7f) | 0x80), (byte) (value >> 14)
    };
  }

  @Test
  void theDiskOfAUnitHasAnEnd() throws Exception {
    Finished outcome = (Finished) Runs.in(directory).fixture("fill.wasm").disk(1_000_000).run();
    assertThat(outcome.exit()).isEqualTo(51); // ENOSPC of WASI
    OutputBundle bundle = OutputBundle.parse(Files.readAllBytes(outcome.bundle()));
    assertThat(bundle.files().get(0).content().size()).isEqualTo(1_000_000);
  }

  @Test
  void whatIsPrintedForEverIsForgottenButForItsEnd() throws Exception {
    RunOutcome outcome = Runs.in(directory).fixture("shout.wasm").wall(2_500).run();
    assertThat(outcome).isInstanceOf(TimedOut.class);
    try (var files = Files.walk(directory)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .mapToLong(f -> f.toFile().length())
                  .max()
                  .orElseThrow())
          .isLessThan(100_000);
    }
  }

  @Test
  void anExitInTheMiddleCountsWhatRan() throws Exception {
    Finished outcome = (Finished) Runs.in(directory).fixture("exit.wasm").run();
    assertThat(outcome.exit()).isEqualTo(7);
    assertThat(outcome.count()).isEqualTo(10_000 * 8 + 2);
  }

  @Test
  void aProcessThatCannotWorkIsACrashOfThisMachine() throws Exception {
    Crashed outcome =
        (Crashed) Runs.in(directory).fixture("exit.wasm").java(Path.of("/bin/false")).run();
    assertThat(outcome.reason()).isEqualTo("the unit's process ended with code 1");
  }
}
