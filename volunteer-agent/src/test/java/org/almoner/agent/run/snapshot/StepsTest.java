package org.almoner.agent.run.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.fast.Fast;
import org.almoner.agent.run.wasm.Portable;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.result.BundlePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A unit cut off between its steps and taken up again, by either engine. */
class StepsTest {
  private static final Allotment ALLOTMENT = new Allotment(1, 16 << 20, 1 << 20, 120_000);

  /** Snapshots are made between all steps: each is cut off after the first one that is new. */
  private static final long EACH = 0;

  private static final long NEVER = 100_000_000;

  @TempDir static Path shared;

  @TempDir Path folder;
  private Path module;
  private Path input;
  private Portable portable;

  private interface Engine {
    Running start(Task task) throws IOException;
  }

  @BeforeEach
  void prepare() throws Exception {
    module = Path.of(StepsTest.class.getResource("steps.wasm").toURI());
    input = Files.writeString(folder.resolve("words"), "one\ntwo\nthree\nfour\n");
    portable = new Portable(shared.resolve("compiled"));
  }

  private Task task(long everyMs) throws IOException {
    return task(module, List.of("/in/words"), everyMs);
  }

  private Task task(Path wasm, List<String> args, long everyMs) throws IOException {
    return new Task(
        new Software.Wasm(wasm, List.of()),
        args,
        Map.of(new BundlePath("words"), input),
        ALLOTMENT,
        Files.createTempDirectory(folder, "run"),
        List.of(),
        everyMs,
        0);
  }

  private static RunOutcome.Finished finished(Engine engine, Task task) throws Exception {
    Running running = engine.start(task);
    RunOutcome outcome = running.await();
    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    return (RunOutcome.Finished) outcome;
  }

  private static Path snapshot(Task task) {
    Path inside = task.directory().resolve("out/snapshot");
    return Files.exists(inside) ? inside : task.directory().resolve("snapshot");
  }

  private static void same(RunOutcome.Finished is, RunOutcome.Finished whole) {
    assertThat(is.output()).isEqualTo(whole.output());
    assertThat(is.count()).isEqualTo(whole.count());
    assertThat(is.tail()).isEqualTo(whole.tail());
    assertThat(is.exit()).isZero();
  }

  /** What a process leaves behind that is killed at once when it has made a snapshot. */
  private Path killed(Engine engine, List<Path> resume) throws Exception {
    Task task = task(EACH);
    for (Path file : resume) {
      Files.copy(file, task.resume());
    }
    Running running = engine.start(task);
    Thread killer =
        new Thread(
            () -> {
              while (!Files.exists(snapshot(task)) && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              running.stop();
            });
    killer.start();
    var unused = running.await();
    killer.interrupt();
    killer.join();
    if (!Files.exists(snapshot(task)) && !resume.isEmpty()) {
      return resume.get(0); // a busy computer killed the part before only ahead of the last step
    }
    return Files.move(
        snapshot(task), folder.resolve("kept" + System.nanoTime()), StandardCopyOption.ATOMIC_MOVE);
  }

  private RunOutcome.Finished inParts(List<Engine> engines) throws Exception {
    List<Path> resume = new ArrayList<>();
    for (Engine engine : engines.subList(0, engines.size() - 1)) {
      Path kept = killed(engine, resume);
      resume = List.of(kept);
    }
    Task last = task(NEVER);
    Files.copy(resume.get(0), last.resume());
    return finished(engines.get(engines.size() - 1), last);
  }

  @Test
  @Tag("long")
  void aUnitThatIsKilledGoesOnAsIfItHadNotBeenOnThePortableEngine() throws Exception {
    RunOutcome.Finished whole = finished(portable::start, task(NEVER));
    same(inParts(List.of(portable::start, portable::start)), whole);
  }

  @Test
  void aSnapshotOfOneEngineIsGoneOnFromByTheOther() throws Exception {
    Engine fast = Fast.engine()::start;
    RunOutcome.Finished whole = finished(fast, task(NEVER));
    same(inParts(List.of(portable::start, fast, fast, portable::start)), whole);
  }

  @Test
  @Tag("long")
  void aUnitThatIsKilledAfterEachStepEndsAllTheSame() throws Exception {
    Engine fast = Fast.engine()::start;
    RunOutcome.Finished whole = finished(portable::start, task(NEVER));
    same(inParts(List.of(fast, portable::start, fast, portable::start, fast, fast)), whole);
    same(inParts(Collections.nCopies(6, fast)), whole);
    same(inParts(Collections.nCopies(6, portable::start)), whole);
  }

  private static long written(Task task) throws IOException {
    try (Stream<Path> files = Files.walk(task.directory())) {
      return files
          .filter(file -> file.getParent().endsWith("scratch"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /** Told to stop when it has made its first lap of many; the other engine makes the rest. */
  private void isPutAsideWhenToldToStop(Engine engine, Engine other) throws Exception {
    Path laps = Path.of(StepsTest.class.getResource("laps.wasm").toURI());
    List<String> args = List.of("1", "200");
    Task task = task(laps, args, NEVER);
    Running running = engine.start(task);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread agent =
        new Thread(
            () -> {
              try {
                var unused = running.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    agent.start();
    while (written(task) == 0) {
      Thread.onSpinWait();
    }
    agent.interrupt();
    agent.join();

    assertThat(interrupted).isTrue();
    assertThat(snapshot(task)).exists();
    Task next = task(laps, args, NEVER);
    Files.copy(snapshot(task), next.resume());
    Running resumed = other.start(next);
    assertThat(resumed.spent().cpuMs()).as("of the part before").isPositive();
    RunOutcome outcome = resumed.await();
    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    same((RunOutcome.Finished) outcome, finished(Fast.engine()::start, task(laps, args, NEVER)));
  }

  @Test
  void aUnitOfTheFastEngineIsPutAsideWhenTheAgentStops() throws Exception {
    isPutAsideWhenToldToStop(Fast.engine()::start, portable::start);
  }

  @Test
  @Tag("long")
  void aUnitOfThePortableEngineIsPutAsideWhenTheAgentStops() throws Exception {
    isPutAsideWhenToldToStop(portable::start, Fast.engine()::start);
  }

  /** Nobody can write a file where a folder is, as nobody can on a full disk. */
  private void isNotStoppedByASnapshotThatCannotBeWritten(Engine engine) throws Exception {
    Path laps = Path.of(StepsTest.class.getResource("laps.wasm").toURI());
    List<String> args = List.of("1", "60");
    Task task = task(laps, args, EACH);
    Running running = engine.start(task);
    Path kept = snapshot(task);
    while (!Files.exists(kept) || !kept.resolveSibling("snapshot.tmp").toFile().mkdir()) {
      Thread.onSpinWait();
      kept = snapshot(task);
    }
    RunOutcome outcome = running.await();

    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    same((RunOutcome.Finished) outcome, finished(engine, task(laps, args, NEVER)));
  }

  @Test
  void aSnapshotThatCannotBeWrittenStopsNoUnitOfTheFastEngine() throws Exception {
    isNotStoppedByASnapshotThatCannotBeWritten(Fast.engine()::start);
  }

  @Test
  @Tag("long")
  void aSnapshotThatCannotBeWrittenStopsNoUnitOfThePortableEngine() throws Exception {
    isNotStoppedByASnapshotThatCannotBeWritten(portable::start);
  }

  @Test
  void whatIsTornOrOfAnotherUnitIsNoSnapshot() throws Exception {
    RunOutcome.Finished whole = finished(portable::start, task(EACH));
    Path kept = snapshot(runOf(whole));
    byte[] octets = Files.readAllBytes(kept);
    octets[octets.length / 2] ^= 1;
    Task torn = task(NEVER);
    Files.write(torn.resume(), octets);
    same(finished(portable::start, torn), whole);
    assertThat(torn.resume()).doesNotExist();
    Files.writeString(input, "uno\ndue\n");
    Task other = task(NEVER);
    Files.copy(kept, other.resume());
    RunOutcome.Finished begun = finished(portable::start, other);
    assertThat(begun.output()).isNotEqualTo(whole.output());
    assertThat(begun.count()).isGreaterThan(whole.count() / 2);
  }

  private Task runOf(RunOutcome.Finished outcome) {
    return new Task(module, List.of(), Map.of(), ALLOTMENT, outcome.bundle().getParent());
  }
}
