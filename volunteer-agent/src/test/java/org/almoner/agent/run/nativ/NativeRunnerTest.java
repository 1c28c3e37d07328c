package org.almoner.agent.run.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.agent.run.RunOutcome.OutOfMemory;
import org.almoner.agent.run.RunOutcome.Trapped;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.sandbox.Progress;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.result.OutputBundle.OutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeRunnerTest {
  @TempDir Path temp;
  private Scripts scripts;

  @BeforeEach
  void begin() throws Exception {
    scripts = new Scripts(temp);
  }

  private static Trapped trapped(RunOutcome outcome) {
    assertThat(outcome).isInstanceOf(Trapped.class);
    return (Trapped) outcome;
  }

  @Test
  void aProgramReadsItsInputsAndLeavesItsOutputs() throws Exception {
    scripts.input("data/given.txt", "given").file("lib/table.txt", "table");

    RunOutcome outcome =
        scripts.run(
            "cat /in/data/given.txt /program/lib/table.txt >joined; mkdir sub; echo \"$1\" >sub/args;"
                + " echo said; echo temporary >/tmp/x; pwd >&2",
            "an argument");

    assertThat(outcome).isInstanceOf(Finished.class);
    Finished finished = (Finished) outcome;
    byte[] expected =
        new OutputBundle(
                List.of(
                    new OutputFile(new BundlePath("joined"), Bytes.utf8("giventable")),
                    new OutputFile(new BundlePath("sub/args"), Bytes.utf8("an argument\n"))))
            .encode();
    assertThat(Files.readAllBytes(finished.bundle())).isEqualTo(expected);
    assertThat(finished.output()).isEqualTo(Hash.sha256(expected));
    assertThat(finished.exit()).isZero();
    assertThat(finished.count()).isZero();
    assertThat(finished.tail()).containsExactly("said", "/out");
  }

  @Test
  void aProgramThatFailsSaysSoByItsCodeAndItsLastLines() throws Exception {
    RunOutcome outcome = scripts.run("ln -s /etc link; seq 100; printf 'no \\033[31mluck'; exit 7");

    assertThat(outcome).isInstanceOf(Finished.class);
    assertThat(((Finished) outcome).exit()).isEqualTo(7);
    assertThat(((Finished) outcome).tail()).hasSize(20).startsWith("82").endsWith("no ?[31mluck");
  }

  @Test
  void aProgramThatASignalEndedHasItsNumberAnd128() throws Exception {
    assertThat(scripts.run("kill -SEGV $$"))
        .isInstanceOfSatisfying(Finished.class, it -> assertThat(it.exit()).isEqualTo(128 + 11));
  }

  @Test
  void aProgramThatCannotBeStartedIsNamed() throws Exception {
    scripts.file("x", "x");
    RunOutcome outcome = scripts.run("exec /program/nothing");

    assertThat(((Finished) outcome).exit()).isEqualTo(127);
    assertThat(String.join("\n", ((Finished) outcome).tail())).contains("/program/nothing");
  }

  @Test
  void whatIsNoResultIsRefused() throws Exception {
    assertThat(trapped(scripts.run("ln -s /etc/passwd a")).reason())
        .isEqualTo("the unit has no result: /out/a is a link; only plain files are results");
    assertThat(trapped(scripts.run("truncate -s 1M a; truncate -s 1 b")).reason())
        .endsWith(": it wrote more than the 1048576 octets it was allotted");
  }

  @Test
  void whoeverFillsTheDiskIsEnded() throws Exception {
    assertThat(
            trapped(
                    scripts.run(
                        "i=0; while :; do i=$((i+1)); head -c 500000 /dev/urandom >/tmp/$i; done"))
                .reason())
        .isEqualTo("the unit was ended: it wrote more than the 1048576 octets it was allotted");
  }

  @Test
  void processesThatTogetherTakeMoreMemoryThanAllottedAreEnded() throws Exception {
    String forty = "head -c 40000000 /dev/urandom | tail -c 40000000 | (sleep 60; cat >/dev/null)";
    RunOutcome outcome = scripts.run(forty + " & " + forty + " & wait");
    assertThat(outcome).isInstanceOf(OutOfMemory.class);
    assertThat(((OutOfMemory) outcome).reason())
        .startsWith("the unit's processes took ")
        .endsWith(" octets of memory, more than the 67108864 they may have");
  }

  /**
   * Memory that is only read is nobody's data; the kernel's tables of it are memory all the same.
   */
  @Test
  void processesThatMapMuchAndTouchLittleAreEnded() throws Exception {
    Path source = temp.resolve("sparse.c");
    Files.writeString(
        source,
        """
        #include <sys/mman.h>
        #include <unistd.h>
        int main(void) {
          volatile char *at = mmap(0, 8L << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
          for (long octet = 0; octet < 8L << 30; octet += 1 << 21) (void)at[octet];
          return sleep(60);
        }
        """);
    Path program = temp.resolve("sparse");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "tool missing: gcc");
    Process gcc =
        new ProcessBuilder("gcc", "-static", "-o", program.toString(), source.toString()).start();
    assertThat(gcc.waitFor()).isZero();

    RunOutcome outcome =
        scripts
            .file("sparse", program)
            .run("for i in 1 2 3 4 5 6; do /program/sparse & done; wait");

    assertThat(outcome).isInstanceOf(OutOfMemory.class);
    assertThat(((OutOfMemory) outcome).reason()).contains("more than the 67108864");
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i=0; while :; do i=$((i+1)); : >/tmp/$i; done | made more than 10000 files and folders",
        "while :; do mkdir d; cd -P d; done             | made folders nested deeper than 64",
      })
  void whoeverMakesTooManyFilesIsEnded(String script, String reason) throws Exception {
    assertThat(trapped(scripts.run(script)).reason()).contains(reason);
    FolderTree.remove(scripts.directory());
    assertThat(scripts.directory()).doesNotExist();
  }

  /** The kernel ends it at the largest file it may make. */
  @Test
  void whoeverPrintsWithoutEndIsEnded() throws Exception {
    RunOutcome outcome = scripts.run("yes");

    assertThat(Files.size(scripts.directory().resolve("child.log"))).isLessThan(2 << 20);
    assertThat(outcome).isNotInstanceOf(RunOutcome.Crashed.class);
  }

  @Test
  void aForkBombIsOverWithItsUnit() throws Exception {
    RunOutcome outcome = scripts.wall(1_000).run("f() { f | f & }; f; sleep 60");

    // the shell itself gives up when it cannot fork
    assertThat(outcome).isInstanceOfAny(RunOutcome.TimedOut.class, Finished.class);
    assertNothingRuns();
  }

  @Test
  void whatWasStartedInTheBackgroundEndsWithTheProgram() throws Exception {
    assertThat(scripts.run("sleep 60 & sleep 60 & echo done")).isInstanceOf(Finished.class);
    assertNothingRuns();
  }

  @Test
  void aStoppedUnitIsGone() throws Exception {
    Running running = scripts.start("echo begun; (trap '' TERM; sleep 60) & wait");
    while (!Files.readString(scripts.directory().resolve("child.log"), StandardCharsets.UTF_8)
        .contains("begun")) {
      Thread.onSpinWait();
    }
    running.stop();

    assertThat(running.await()).isInstanceOf(RunOutcome.Stopped.class);
    assertNothingRuns();
  }

  /** Bubblewrap's own process inside is the last to go. */
  private void assertNothingRuns() throws Exception {
    assertThat(Progress.read(scripts.directory().resolve("sandbox.json")).awaitEnd(0)).isTrue();
  }

  @Test
  void aSandboxThatCannotStartIsThisComputersFault() throws Exception {
    Running running = scripts.start("true");
    FolderTree.remove(scripts.directory().resolve("program"));
    RunOutcome outcome = running.await();

    // it may have been quick enough
    if (!(outcome instanceof Finished)) {
      assertThat(((RunOutcome.Crashed) outcome).reason())
          .startsWith("the unit's sandbox did not start: bwrap: ");
    }
  }
}
