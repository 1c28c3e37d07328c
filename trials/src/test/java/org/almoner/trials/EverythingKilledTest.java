package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almoner.agent.control.Status;
import org.almoner.agent.origin.Pinned;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
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
 * A coordinator, the agents of three donors and the processes of their units, all of them real, are
 * killed in a random order while they work; at the end nothing is lost, doubled or left over.
 */
class EverythingKilledTest {
  private static final int COMPUTERS = 3;
  private static final int UNITS = 12;

  /** Exponents around 4300, in steps of 20: a unit takes a second or so, and two find something. */
  private static final BatchUnits.Range WORK = new BatchUnits.Range(4_201, 4_440, 20);

  private static final List<String> FOUND = List.of("4253", "4423");

  /** Far more time than it takes on the busiest machine: a unit that is late would be evidence. */
  private static final Allotment ALLOTMENT = new Allotment(1, 16 << 20, 1 << 20, 1_200_000);

  private static final long START_SECONDS_MAX = 180;

  /** An agent lets a lease go when its unit's process was killed three times in one life. */
  private static final int UNITS_KILLED_MAX = 2;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void whateverIsKilledNothingIsLostDoubledOrLeftOver() throws Exception {
    new Trial(folder, 20261120, new Plan(2, 3, 3, 1_000, 1_500)).run();
  }

  @Test
  @Tag("long")
  void norInFiveMinutes() throws Exception {
    new Trial(folder, new SecureRandom().nextLong(), new Plan(10, 20, 30, 10_000, 3_000)).run();
  }

  /**
   * How often who is killed.
   *
   * @param graceMs from ready to the next kill of the coordinator
   * @param pauseMaxMs longest pause between any two kills
   */
  private record Plan(int coordinators, int agents, int units, int graceMs, int pauseMaxMs) {
    List<Hit> inOrder(Random random) {
      List<Hit> hits = new ArrayList<>();
      hits.addAll(Collections.nCopies(coordinators, Hit.COORDINATOR));
      hits.addAll(Collections.nCopies(agents, Hit.AGENT));
      hits.addAll(Collections.nCopies(units, Hit.UNIT));
      Collections.shuffle(hits, random);
      return hits;
    }
  }

  private enum Hit {
    COORDINATOR,
    AGENT,
    UNIT
  }

  /** One run, from an empty folder to the last look. */
  private static final class Trial {
    private final Path folder;
    private final Random random;
    private final Plan plan;
    private final ServedCoordinator coordinator;
    private final URI address;
    private final List<LentComputer> computers = new ArrayList<>();
    private final List<String> batches = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Long>> recoveries = new ArrayList<>();
    private int unitsHit;
    private int heldStill;

    Trial(Path folder, long seed, Plan plan) throws IOException {
      System.out.println("trial of kills with seed " + seed); // the long one draws it
      this.folder = folder;
      this.random = new Random(seed);
      this.plan = plan;
      int port = freePort();
      this.address = URI.create("http://127.0.0.1:" + port);
      this.coordinator =
          new ServedCoordinator(
              folder.resolve("coordinator"),
              List.of("--maturity=0s", "--period=open", "--retry=1s", "--no-starter"),
              port);
    }

    /** Below the ports that systems give out by themselves, so that nobody takes it meanwhile. */
    private static int freePort() throws IOException {
      Random any = new SecureRandom();
      while (true) {
        int port = 20_000 + any.nextInt(10_000);
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
          return free.getLocalPort();
        } catch (java.net.BindException taken) {
          continue;
        }
      }
    }

    void run() throws Exception {
      try (coordinator) {
        coordinator.start();
        Pinned pinned = Pinned.parse(anyone().get("/api/v1/origin").fields());
        Project project = project(pinned);
        for (int i = 0; i < COMPUTERS; i++) {
          Caller.Account donor = operator().addDonor("Donor " + i);
          Path home = folder.resolve("agent-" + i);
          computers.add(new LentComputer(home, address, pinned, donor.donor().toHex()));
          computers.get(i).start(operator().drawCode(donor.donor()));
        }
        Future<?> owner = threads.submit(() -> keepBusy(project));
        Future<?> settling = threads.submit(this::settleAndLook);
        for (Hit hit : plan.inOrder(random)) {
          requireRunning(owner, settling);
          Thread.sleep(random.nextInt(plan.pauseMaxMs()));
          strike(hit);
        }
        enough.set(true);
        owner.get();
        awaitTheEnd();
        stop.set(true);
        settling.get();
        printRecoveries();
        assertThat(unitsHit).as("units hit").isPositive();
        computers.forEach(LentComputer::close);
        nothingIsLeftOver();
        new LookBack(pinned, computers, operator(), folder, List.copyOf(batches))
            .look(UNITS, FOUND, coordinator.trustFile());
        coordinator.close();
        aStoreThatDisagreesIsRefusedAtTheStart();
      } finally {
        stop.set(true);
        enough.set(true);
        computers.forEach(LentComputer::close);
        threads.shutdownNow();
      }
    }

    private Project project(Pinned pinned) throws IOException {
      Project project =
          new Project(
              pinned.origin(),
              SigningKey.generate(new SecureRandom()),
              Project.of(pinned.origin(), SigningKey.generate(new SecureRandom()), "x").module(),
              List.of("mersenne.txt", "residues.txt"));
      project.upload(
          anyone().with(operator().approveOwner("Institute", project.owner().publicKey())));
      return project;
    }

    // The load: an owner who always has more work, an operator who settles, somebody who mirrors.

    private Void keepBusy(Project project) throws Exception {
      while (batches.isEmpty() || !enough.get()) {
        if (batches.isEmpty() || left(batches.get(batches.size() - 1)) < UNITS / 2) {
          Envelope batch =
              project.batch("Batch " + batches.size() + " of a trial of kills.", WORK, ALLOTMENT);
          batches.add(Caller.text(Patience.insist(() -> submitted(project, batch)), "batch"));
        }
        Thread.sleep(200);
      }
      return null;
    }

    private Caller.Reply submitted(Project project, Envelope batch) throws IOException {
      Caller.Reply answer = project.submit(operator(), batch);
      if (answer.status() >= 500) {
        throw new IOException("status " + answer.status());
      }
      return answer.good();
    }

    private long left(String batch) throws Exception {
      return UNITS - Patience.insist(() -> anyone().batch(batch)).accepted();
    }

    private Void settleAndLook() throws Exception {
      for (int turn = 0; !stop.get(); turn++) {
        try {
          operator().settle();
          if (turn % 20 == 0) {
            anyone().get("/log/checkpoint").good();
            anyone().get("/api/v1/batches").good();
          }
        } catch (IOException e) {
          // It is being killed at this moment; settled is what the log says.
        }
        Thread.sleep(250);
      }
      return null;
    }

    // The kills.

    private void strike(Hit hit) throws Exception {
      switch (hit) {
        case COORDINATOR -> strikeCoordinator();
        case AGENT -> strikeAgent(computers.get(random.nextInt(COMPUTERS)), random.nextBoolean());
        case UNIT -> strikeUnit(random.nextInt(COMPUTERS));
      }
    }

    private void strikeCoordinator() throws Exception {
      for (Future<Long> recovery : recoveries) {
        recovery.get();
      }
      Thread.sleep(plan.graceMs());
      coordinator.kill();
      long killed = System.nanoTime();
      coordinator.launch();
      recoveries.add(
          threads.submit(
              () -> {
                Patience.until("ready again", () -> anyone().get("/readyz").status() == 200);
                return (System.nanoTime() - killed) / 1_000_000;
              }));
    }

    /** In half of the cases its unit is held still, so that it cannot notice. */
    private void strikeAgent(LentComputer computer, boolean holdStill) throws Exception {
      List<ProcessHandle> units = computer.units();
      boolean held = holdStill && !units.isEmpty() && computer.holdStill(units.get(0));
      computer.kill();
      if (held) {
        heldStill++;
      } else {
        Patience.until("units end with their agent", () -> units.stream().noneMatch(alive()));
      }
      Thread.sleep(random.nextInt(1_000));
      computer.start();
      Patience.until("the next agent ends what is left", () -> units.stream().noneMatch(alive()));
    }

    private void strikeUnit(int first) throws Exception {
      for (int turn = 0; turn < 100; turn++) {
        LentComputer computer = computers.get((first + turn) % COMPUTERS);
        List<ProcessHandle> units = computer.units();
        if (!units.isEmpty() && computer.unitsKilled() < UNITS_KILLED_MAX) {
          computer.killUnit(units.get(0));
          unitsHit++;
          return;
        }
        Thread.sleep(50);
      }
    }

    private static java.util.function.Predicate<ProcessHandle> alive() {
      return ProcessHandle::isAlive;
    }

    private void requireRunning(Future<?>... parts) throws Exception {
      for (Future<?> part : parts) {
        if (part.isDone()) {
          try {
            part.get();
          } catch (ExecutionException e) {
            throw new AssertionError("a part of the load failed", e.getCause());
          }
        }
      }
      for (LentComputer computer : computers) {
        assertThat(computer.process().isAlive()).as(computer.process().tail()).isTrue();
      }
      assertThat(coordinator.process().isAlive()).as(coordinator.process().tail()).isTrue();
    }

    // The end.

    private void awaitTheEnd() throws Exception {
      for (String batch : List.copyOf(batches)) {
        Patience.until("batch " + batch, () -> anyone().batch(batch).done());
      }
      for (LentComputer computer : computers) {
        Patience.until("proofs of " + computer.donor(), () -> settled(computer.status()));
      }
    }

    private static boolean settled(Status status) {
      assertThat(status.refused()).as(status.toString()).isZero();
      return status.waitingForProof() == 0 && status.state() == Status.State.WAITING;
    }

    private void printRecoveries() throws Exception {
      List<Long> ms = new ArrayList<>();
      for (Future<Long> recovery : recoveries) {
        ms.add(recovery.get());
      }
      Collections.sort(ms);
      System.out.printf(
          "killed: coordinator %d, agents %d (%d with a unit held still), units %d%n"
              + "from SIGKILL to ready, ms: min %d, median %d, max %d%n",
          ms.size(),
          plan.agents(),
          heldStill,
          unitsHit,
          ms.get(0),
          ms.get(ms.size() / 2),
          ms.get(ms.size() - 1));
    }

    private void nothingIsLeftOver() throws Exception {
      for (LentComputer computer : computers) {
        assertThat(computer.process().isAlive()).isFalse();
        assertThat(computer.seen()).filteredOn(alive()).isEmpty();
      }
      assertThat(LivingFolder.processesIn(folder)).isEmpty();
    }

    private void aStoreThatDisagreesIsRefusedAtTheStart() throws Exception {
      try (IgniteStores ignite = IgniteStores.open(coordinator.folder().resolve("store"))) {
        LogStore log = ignite.stores().log();
        Staged last = log.staged().orElseThrow();
        log.stage(new Staged(last.epoch() + 1, last.endIndex() + 5, List.of(), last.rider()));
      }
      coordinator.launch();
      assertThat(coordinator.process().awaitEnd(START_SECONDS_MAX)).isEqualTo(1);
      List<String> said = coordinator.process().output().lines().toList();
      assertThat(said.get(said.size() - 1))
          .startsWith("almoner: the log in ")
          .contains("does not open: the store's last batch covers entries ")
          .endsWith("the register is older than the store, restore the register");
    }

    private Caller anyone() {
      return Caller.anyone(address);
    }

    private Caller operator() {
      return anyone().with(coordinator.operatorToken());
    }
  }
}
