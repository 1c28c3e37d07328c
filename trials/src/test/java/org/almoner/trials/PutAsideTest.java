package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.sandbox.Host;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.agent.run.wasm.CompiledModules;
import org.almoner.agent.run.wasm.WasmRunner;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.LentComputer;
import org.almoner.trials.world.LivingFolder;
import org.almoner.trials.world.Patience;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One long unit in steps on the computers of two donors. Both agents and all their processes are
 * killed in the middle of it and started again, and both are told to stop and started again: the
 * unit goes on each time from where it was put aside, on either engine, and comes to what it would
 * have come to unbroken.
 */
class PutAsideTest {
  private static final Path LAPS =
      Path.of(
          System.getProperty("almoner.root"),
          "volunteer-agent/src/test/resources/org/almoner/agent/run/snapshot/laps.wasm");

  private static final String GOES_ON = "A unit goes on from its last snapshot";
  private static final int LAST = 3_000;
  private static final Allotment ALLOTMENT = new Allotment(1, 16 << 20, 1 << 20, 1_200_000);
  private static final List<String> OFTEN = List.of("--snapshots=1s");

  @TempDir Path folder;
  private final List<LentComputer> computers = new ArrayList<>();

  @Test
  @Tag("long")
  void aUnitThatIsBrokenOffGoesOnAndComesToTheSame() throws Exception {
    Path served = folder.resolve("coordinator");
    try (ServedCoordinator coordinator =
        new ServedCoordinator(served, List.of("--retry=1s", "--no-starter"))) {
      Caller anyone = Caller.anyone(coordinator.start());
      Caller operator = anyone.with(coordinator.operatorToken());
      Pinned pinned = Pinned.parse(anyone.get("/api/v1/origin").fields());
      String batch = submit(anyone, operator, pinned);
      for (int i = 0; i < 2; i++) {
        Path home = folder.resolve("agent-" + i);
        computers.add(new LentComputer(home, coordinator.address(), pinned, "Donor " + i));
        String code = operator.drawCode(operator.addDonor("Donor " + i).donor());
        computers.get(i).startWith(List.of("--snapshots=1s", "--code=" + code));
      }
      long firstHitMs = killAndStartAgain();
      stopAndStartAgain();
      Patience.until("the unit's end", () -> anyone.batch(batch).done());
      assertThat(anyone.batch(batch).accepted()).isEqualTo(1);

      Caller.Result result = operator.results(batch).get(0);
      RunOutcome.Finished unbroken = unbroken();
      assertThat(result.output()).isEqualTo(unbroken.output().toHex());
      assertThat(result.count()).isEqualTo(unbroken.count());
      Set<Engine> engines = new HashSet<>();
      for (LentComputer computer : computers) {
        Patience.until("proof", () -> !computer.openings().isEmpty());
        for (UsageOpening opening : computer.openings()) {
          UsageLine line = opening.check(pinned.origin()).line();
          assertThat(line.startMs()).as("the first part's begin").isLessThan(firstHitMs);
          engines.addAll(line.engines());
        }
      }
      Sandbox.Found box = Sandbox.find(Host.here(), folder);
      assertThat(engines).hasSize(box instanceof Sandbox.Usable ? 2 : 1);
    } finally {
      computers.forEach(LentComputer::close);
    }
    assertThat(LivingFolder.processesIn(folder)).isEmpty();
  }

  private static String submit(Caller anyone, Caller operator, Pinned pinned) throws IOException {
    Project project =
        new Project(
            pinned.origin(),
            SigningKey.generate(new SecureRandom()),
            Bytes.of(Files.readAllBytes(LAPS)),
            List.of("laps.txt"));
    Caller owner = anyone.with(operator.approveOwner("Institute", project.owner().publicKey()));
    project.upload(owner);
    var units = new BatchUnits.Range(1, LAST, LAST);
    return Caller.text(
        project
            .submit(owner, project.batch("One long unit of many laps.", units, ALLOTMENT))
            .good(),
        "batch");
  }

  /** SIGKILL to agent and unit; returns when the first was hit. */
  private long killAndStartAgain() throws Exception {
    long firstMs = 0;
    for (LentComputer computer : computers) {
      Patience.until("a snapshot", () -> !snapshots(computer.home().resolve("scratch")).isEmpty());
      List<ProcessHandle> all = computer.process().descendants();
      firstMs = firstMs == 0 ? Instant.now().toEpochMilli() : firstMs;
      computer.kill();
      all.forEach(ProcessHandle::destroyForcibly);
      Patience.until("units end", () -> all.stream().noneMatch(ProcessHandle::isAlive));
      computer.startWith(OFTEN);
    }
    for (LentComputer computer : computers) {
      Patience.until("it goes on", () -> computer.said().split(GOES_ON, -1).length == 2);
    }
    return firstMs;
  }

  /** SIGTERM: what is kept then was made at the word to stop. */
  private void stopAndStartAgain() throws Exception {
    for (LentComputer computer : computers) {
      Path scratch = computer.home().resolve("scratch");
      Patience.until("it runs again", () -> !snapshots(scratch).isEmpty());
      Instant told = Instant.now();
      assertThat(computer.stop()).as("128 and the signal").isEqualTo(128 + 15);
      List<Path> kept = snapshots(computer.home().resolve("snapshots"));
      assertThat(kept).hasSize(1);
      assertThat(Files.getLastModifiedTime(kept.get(0)).toInstant()).isAfter(told);
      computer.startWith(OFTEN);
    }
    for (LentComputer computer : computers) {
      Patience.until("it goes on", () -> computer.said().split(GOES_ON, -1).length == 3);
    }
  }

  private static List<Path> snapshots(Path below) throws IOException {
    return LivingFolder.paths(below).stream()
        .filter(
            path -> path.endsWith("snapshot") || String.valueOf(path.getFileName()).length() == 64)
        .filter(Files::isRegularFile)
        .toList();
  }

  private RunOutcome.Finished unbroken() throws Exception {
    WasmRunner runner =
        new WasmRunner(
            ChildJvm.sameAsThis(),
            new CompiledModules(folder.resolve("compiled")),
            new Machine(),
            ProcessControl.forSystem(System.getProperty("os.name")),
            new Clocks(Clock.systemUTC(), System::nanoTime));
    Path directory = Files.createDirectory(folder.resolve("unbroken"));
    List<String> args = List.of("1", Integer.toString(LAST));
    RunOutcome outcome = runner.run(new Task(LAPS, args, Map.of(), ALLOTMENT, directory));
    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    return (RunOutcome.Finished) outcome;
  }
}
