package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.agent.run.RunOutcome.OutOfMemory;
import org.almoner.agent.run.RunOutcome.Trapped;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest cannot tell whether its memory is flat or guarded. */
class GuardedMemoryTest {
  /** They never end by themselves. */
  private static final Set<String> ENDLESS = Set.of("spin.wasm", "shout.wasm");

  private static Optional<ChildJvm> found = Optional.empty();

  @TempDir Path directory;

  @BeforeAll
  static void findAJavaThatCanGuard() throws Exception {
    found = new JavaHomes().addAll(Path.of("/usr/lib/jvm")).best();
  }

  private static ChildJvm guarded() {
    assumeTrue(found.isPresent(), "tool missing: JDK-22-or-newer");
    return found.orElseThrow();
  }

  private static List<Path> fixtures() throws Exception {
    Path folder = Path.of(GuardedMemoryTest.class.getResource("edge-fits.wasm").toURI());
    try (Stream<Path> files = Files.list(folder.getParent())) {
      return files
          .filter(file -> file.toString().endsWith(".wasm"))
          .filter(file -> !ENDLESS.contains(String.valueOf(file.getFileName())))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyGuestEndsTheSameWay() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(guarded().java().toString());
    command.addAll(ChildJvm.GUARDED_OPTIONS);
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(FixtureRun.class.getName());
    command.add(directory.toString());
    fixtures().forEach(fixture -> command.add(fixture.toString()));
    Path lines = directory.resolve("lines");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(lines.toString()))
            .start();
    List<String> flat = new ArrayList<>();
    for (Path fixture : fixtures()) {
      flat.add(FixtureRun.line(fixture, directory, MemoryKind.FLAT, FlatMemory::new));
    }
    assertThat(process.waitFor()).as(Files.readString(lines)).isZero();
    assertThat(Files.readAllLines(lines)).isEqualTo(flat).hasSizeGreaterThan(15);
    assertThat(flat).anyMatch(line -> line.startsWith("grow-cap.wasm FINISHED 64 1218 true "));
    assertThat(flat)
        .filteredOn(line -> line.startsWith("edge-"))
        .allMatch(
            line ->
                line.startsWith("edge-fits.wasm FINISHED 0 98 false ")
                    || line.endsWith("the guest trapped: out of bounds memory access"));
  }

  @Test
  @Tag("long")
  void aRealProcessGivesTheSameOutputAndCount() throws Exception {
    Finished there = (Finished) Runs.in(directory).args("1", "600").on(guarded()).run();
    Finished here = (Finished) Runs.in(directory).args("1", "600").run();
    assertThat(there.output()).isEqualTo(here.output());
    assertThat(there.count()).isEqualTo(here.count());
  }

  @Test
  void anAccessOutsideIsATrapWhateverTheGuestDidAfterIt() throws Exception {
    RunOutcome outcome = Runs.in(directory).fixture("edge-late.wasm").on(guarded()).run();
    assertThat(((Trapped) outcome).reason())
        .isEqualTo("the guest trapped: out of bounds memory access");
  }

  @Test
  void theAreaBeginsLowWhereThatIsFreeAndElsewhereWhereItIsNot() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(guarded().java().toString());
    command.addAll(ChildJvm.GUARDED_OPTIONS);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(TwoAreas.class.getName());
    Path lines = directory.resolve("lines");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(lines.toString()))
            .start();
    assertThat(process.waitFor()).as(Files.readString(lines)).isZero();
    assertThat(Files.readAllLines(lines)).hasSize(2);
    assertThat(Long.parseLong(Files.readAllLines(lines).get(0))).isEqualTo(GuardedArea.LOW);
    assertThat(Long.parseLong(Files.readAllLines(lines).get(1)))
        .isGreaterThanOrEqualTo(GuardedArea.END_OF_LOW);
  }

  /**
   * Prints where the first area of a process begins, and the second, which has to lie elsewhere.
   */
  static final class TwoAreas {
    private TwoAreas() {}

    public static void main(String[] args) throws Exception {
      System.out.println(new GuardedArea().address());
      System.out.println(new GuardedArea().address());
    }
  }

  @Test
  void memoryEndsWhereItWasAllotted() throws Exception {
    assertThat(Runs.in(directory).fixture("grow.wasm").memory(4 << 20).on(guarded()).run())
        .isInstanceOf(OutOfMemory.class);
  }

  @Test
  void aJavaThatIsTooOldIsNotChosen() throws Exception {
    assertThat(ChildJvm.sameAsThis().guardedIfPossible().isPresent())
        .isEqualTo(Runtime.version().feature() >= CLibrary.JAVA_MIN);
    assertThat(new JavaHomes().addAll(directory).add(directory.resolve("none")).best()).isEmpty();
  }
}
