package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.almoner.agent.origin.Pinned;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.trials.load.AcknowledgedLine;
import org.almoner.trials.load.AcknowledgedLines;
import org.almoner.trials.load.LoadAgent;
import org.almoner.trials.load.Rule;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.MirroredLog;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real coordinator is killed again and again in the middle of its work; whatever it acknowledged
 * is there, once, and a stranger with a copy of the log can tell.
 *
 * <p>Longer than most: one trial, told from its beginning to its end.
 */
class CoordinatorKillTest {
  private static final int AGENTS = 7;
  private static final int DONORS = 6;
  private static final int LIE_ONE_IN = 8;
  private static final long STANDSTILL_SECONDS_MAX = 150;
  private static final Allotment ALLOTMENT = new Allotment(1, 1 << 20, 1 << 20, 60_000);

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsLoggedTwice() throws Exception {
    new Trial(folder, 20261120, 4, 2, 500).run();
  }

  @Test
  @Tag("long")
  void norInFortyKills() throws Exception {
    new Trial(folder, new SecureRandom().nextLong(), 40, 6, 1_500).run();
  }

  /** One run, from an empty folder to the last look. */
  private static final class Trial {
    private final Path folder;
    private final Random random;
    private final int kills;
    private final int batches;
    private final int unitsEach;
    private final long linesMin;
    private final ServedCoordinator coordinator;
    private final AtomicReference<URI> address = new AtomicReference<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Future<?>> workers = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    Trial(Path folder, long seed, int kills, int batches, int unitsEach) {
      System.out.println("kill trial with seed " + seed); // the long one draws it
      this.folder = folder;
      this.random = new Random(seed);
      this.kills = kills;
      this.batches = batches;
      this.unitsEach = unitsEach;
      this.linesMin = 2L * batches * unitsEach;
      this.coordinator =
          new ServedCoordinator(
              folder.resolve("coordinator"),
              List.of("--maturity", "0s", "--retry", "1s", "--no-starter"));
    }

    void run() throws Exception {
      ExecutorService threads = Executors.newCachedThreadPool();
      try (coordinator;
          AcknowledgedLines list = AcknowledgedLines.create(folder.resolve("acknowledged"))) {
        address.set(coordinator.start());
        Pinned pinned = Pinned.parse(anyone().get("/api/v1/origin").fields());
        Project project =
            Project.of(pinned.origin(), SigningKey.generate(new SecureRandom()), Rule.FILE);
        project.upload(
            anyone().with(operator().approveOwner("Institute", project.owner().publicKey())));
        submit(project, 0);
        List<String> donors = new ArrayList<>();
        for (int i = 0; i < DONORS; i++) {
          donors.add(operator().addDonor("Donor " + i).donor().toHex());
        }
        for (int i = 0; i < AGENTS; i++) {
          int number = i;
          String donor = donors.get(i % DONORS);
          long seed = random.nextLong();
          workers.add(threads.submit(() -> agent(number, pinned, donor, list, seed)));
        }
        workers.add(threads.submit(() -> owner(project, list)));
        workers.add(threads.submit(this::settleAgainAndAgain));

        killAgainAndAgain(list);
        awaitTheEnd();
        stop.set(true);
        for (Future<?> worker : workers) {
          worker.get();
        }
        operator().settle();
        look(pinned, list.read());
      } finally {
        stop.set(true);
        threads.shutdownNow();
      }
    }

    private void killAgainAndAgain(AcknowledgedLines list) throws Exception {
      for (int kill = 1; kill <= kills; kill++) {
        long threshold = linesMin * kill / (kills + 1);
        awaitProgress(() -> list.count() >= threshold);
        Thread.sleep(random.nextInt(150));
        coordinator.kill();
        coordinator.launch();
        if (kill % 2 == 0) {
          Thread.sleep(random.nextInt(2_500));
          coordinator.kill();
          coordinator.launch();
        }
        address.set(coordinator.awaitReady());
      }
    }

    private void awaitTheEnd() throws Exception {
      awaitProgress(() -> ids().size() == batches);
      for (String id : ids()) {
        awaitProgress(() -> anyone().batch(id).done());
      }
    }

    /** Something that is to become true. */
    private interface Event {
      boolean happened() throws IOException;
    }

    private void awaitProgress(Event event) throws Exception {
      long end = System.nanoTime() + STANDSTILL_SECONDS_MAX * 1_000_000_000L;
      while (!event.happened()) {
        for (Future<?> worker : workers) {
          if (worker.isDone() && !stop.get()) {
            rethrow(worker);
          }
        }
        if (!coordinator.process().isAlive()) {
          throw new AssertionError("the coordinator died:\n" + coordinator.process().tail());
        }
        if (System.nanoTime() > end) {
          throw new AssertionError("standstill; the coordinator:\n" + coordinator.process().tail());
        }
        Thread.sleep(10);
      }
    }

    private static void rethrow(Future<?> worker) throws Exception {
      try {
        worker.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a part of the load failed", e.getCause());
      }
    }

    private Void agent(int number, Pinned pinned, String donor, AcknowledgedLines list, long seed)
        throws Exception {
      // Agents come one after the other, so that some enrol while the coordinator is being killed.
      while (number > 2 && list.count() < linesMin * (number - 2) / (2 * AGENTS)) {
        Thread.sleep(10);
      }
      LoadAgent agent =
          new LoadAgent(
              pinned,
              address::get,
              folder.resolve("agent-" + number),
              SigningKey.generate(new SecureRandom()),
              donor,
              list,
              new Random(seed),
              number == 0 ? LIE_ONE_IN : 0);
      agent.introduce(insist(() -> operator().drawCode(DonorId.parseHex(donor))));
      agent.work(stop);
      return null;
    }

    private Void owner(Project project, AcknowledgedLines list) throws Exception {
      for (int batch = 1; batch < batches; batch++) {
        long threshold = linesMin * batch / (batches + 1);
        while (list.count() < threshold) {
          Thread.sleep(10);
        }
        submit(project, batch);
      }
      while (!stop.get()) {
        Thread.sleep(50);
      }
      return null;
    }

    private void submit(Project project, int number) throws Exception {
      Envelope batch =
          project.batch(
              "Batch number " + number + " of a trial.",
              new BatchUnits.Range(1, 10L * unitsEach, 10),
              ALLOTMENT);
      Caller.Reply reply =
          insist(
              () -> {
                Caller.Reply answer = project.submit(operator(), batch);
                if (answer.status() >= 500) {
                  throw new IOException("status " + answer.status());
                }
                return answer;
              });
      synchronized (ids) {
        ids.add(Caller.text(reply, "batch"));
      }
    }

    private List<String> ids() {
      synchronized (ids) {
        return List.copyOf(ids);
      }
    }

    private Void settleAgainAndAgain() throws Exception {
      while (!stop.get()) {
        try {
          operator().settle();
        } catch (IOException e) {
          // It is being killed at this moment; settled is what the log says.
        }
        Thread.sleep(100);
      }
      return null;
    }

    /** Something asked over HTTP. */
    private interface Question<T> {
      T ask() throws IOException;
    }

    private <T> T insist(Question<T> question) throws Exception {
      long end = System.nanoTime() + STANDSTILL_SECONDS_MAX * 1_000_000_000L;
      while (true) {
        try {
          return question.ask();
        } catch (IOException e) {
          if (System.nanoTime() > end) {
            throw e;
          }
          Thread.sleep(50);
        }
      }
    }

    private Caller anyone() {
      return Caller.anyone(address.get());
    }

    private Caller operator() {
      return anyone().with(coordinator.operatorToken());
    }

    // The look from outside.

    private void look(Pinned pinned, List<AcknowledgedLine> list) throws Exception {
      MirroredLog before = MirroredLog.copy(anyone(), pinned.logKey(), folder.resolve("mirror"));
      coordinator.kill();
      address.set(coordinator.start());
      MirroredLog log = MirroredLog.copy(anyone(), pinned.logKey(), folder.resolve("mirror2"));
      assertThat(log.checkpoint()).as("a kill at rest").isEqualTo(before.checkpoint());

      assertThat(log.findings()).isEmpty();
      List<Entry> entries = log.entries();
      everyAcknowledgedLineOpensAtItsLeaf(pinned, list, entries);
      everyUsageLeafIsOneLease(list, entries);
      everyUnitIsAcceptedOnce(list);
      everyLineIsSettledByWhatItSaid(list, entries);
      assertThat(entries.stream().filter(e -> e.kind() == Kind.ENROLMENT)).hasSize(AGENTS);
      assertThat(entries.stream().filter(e -> e.kind() == Kind.LINK)).hasSize(AGENTS);
      assertThat(entries.stream().filter(e -> e.kind() == Kind.RELEASE)).hasSize(1);
    }

    private static void everyAcknowledgedLineOpensAtItsLeaf(
        Pinned pinned, List<AcknowledgedLine> list, List<Entry> entries) {
      assertThat(list).isNotEmpty();
      for (AcknowledgedLine line : list) {
        assertThat(entries.get((int) line.leaf()))
            .as("leaf %d of lease %s", line.leaf(), line.lease())
            .isEqualTo(line.entry(pinned.origin()));
      }
    }

    private static void everyUsageLeafIsOneLease(List<AcknowledgedLine> list, List<Entry> entries) {
      Map<LeaseId, Long> leafOf = new HashMap<>();
      Map<Long, LeaseId> leaseAt = new HashMap<>();
      for (AcknowledgedLine line : list) {
        assertThat(leafOf.put(line.lease(), line.leaf())).as("lease %s", line.lease()).isNull();
        assertThat(leaseAt.put(line.leaf(), line.lease())).as("leaf %d", line.leaf()).isNull();
      }
      for (int leaf = 0; leaf < entries.size(); leaf++) {
        if (entries.get(leaf).kind() == Kind.USAGE) {
          // The load keeps sending until it has its receipt, so that no line is unknown to it.
          assertThat(leaseAt).as("usage leaves of known leases").containsKey((long) leaf);
        }
      }
    }

    private void everyUnitIsAcceptedOnce(List<AcknowledgedLine> list) throws IOException {
      Map<String, List<AcknowledgedLine>> byUnit =
          list.stream().collect(Collectors.groupingBy(AcknowledgedLine::unit));
      assertThat(byUnit).hasSize(batches * unitsEach);
      byUnit.forEach(
          (unit, lines) -> {
            assertThat(lines).as(unit).filteredOn(AcknowledgedLine::honest).hasSize(2);
            assertThat(lines).as(unit).extracting(AcknowledgedLine::donor).doesNotHaveDuplicates();
          });
      for (String id : ids()) {
        assertThat(operator().batch(id).accepted()).isEqualTo(unitsEach);
        List<Caller.Result> results = operator().results(id);
        assertThat(results).hasSize(unitsEach);
        for (int unit = 0; unit < unitsEach; unit++) {
          Lease lease = lease(id, unit);
          assertThat(results.get(unit))
              .isEqualTo(
                  new Caller.Result(unit, Rule.output(lease).digest().toHex(), Rule.count(lease)));
        }
      }
    }

    private Lease lease(String batch, int unit) {
      return new Lease(
          new LeaseId(BatchId.parseHex(batch), unit, 0),
          List.of(Integer.toString(1 + 10 * unit), Integer.toString(10 + 10 * unit)),
          List.of());
    }

    /** The liar's honest lines count when they were settled before its next lie was found. */
    private static Set<Outcome> possible(AcknowledgedLine line, Set<String> liar) {
      if (!line.honest()) {
        return Set.of(Outcome.OUTPUT_DISAGREED);
      }
      return liar.contains(line.donor())
          ? Set.of(Outcome.ACCEPTED, Outcome.DISTRUSTED)
          : Set.of(Outcome.ACCEPTED);
    }

    private static void everyLineIsSettledByWhatItSaid(
        List<AcknowledgedLine> list, List<Entry> entries) throws MalformedEntry {
      Set<String> liar =
          list.stream()
              .filter(line -> !line.honest())
              .map(AcknowledgedLine::donor)
              .collect(Collectors.toSet());
      Map<Long, Outcome> outcomes = new HashMap<>();
      for (Entry entry : entries) {
        if (entry.kind() == Kind.SETTLEMENT) {
          Settlement settlement = Settlement.parse(entry);
          for (int i = 0; i < settlement.outcomes().size(); i++) {
            if (settlement.outcomes().get(i) != Outcome.NONE) {
              outcomes.put(settlement.from() + i, settlement.outcomes().get(i));
            }
          }
        }
      }
      for (AcknowledgedLine line : list) {
        assertThat(outcomes.get(line.leaf()))
            .as("leaf %d, lease %s", line.leaf(), line.lease())
            .isIn(possible(line, liar));
      }
      assertThat(outcomes).hasSameSizeAs(list);
    }
  }
}
