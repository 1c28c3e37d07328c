package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.Status;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Renewal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent says and hears while units run, and how it comes to its end. */
class RenewingTest {
  @TempDir Path parent;
  private AgentSettings settings;
  private TestCoordinator coordinator;
  private final StubRunner runner = new StubRunner();

  @BeforeEach
  void open() throws Exception {
    coordinator = new TestCoordinator();
    Path home = Files.createDirectory(parent.resolve("home"));
    settings = Harness.settings(home, coordinator.address()).withRenewal(Duration.ofMillis(40));
  }

  @AfterEach
  void close() {
    coordinator.close();
  }

  private Harness start() {
    return Harness.start(settings, runner, new FsyncDisk());
  }

  private boolean told(LeaseId lease) {
    return List.copyOf(coordinator.renewals).stream()
        .anyMatch(r -> r.leases().stream().anyMatch(held -> held.lease().equals(lease)));
  }

  private boolean said(Renewal.Held held) {
    return List.copyOf(coordinator.renewals).stream().anyMatch(r -> r.leases().contains(held));
  }

  @Test
  void aUnitThatNobodyWantsIsEndedWithoutALineAndTheNextGoesOn() throws Exception {
    LeaseId hanging = coordinator.unit("hang");
    LeaseId good = coordinator.unit("good");
    try (Harness agent = start()) {
      Renewal.Held running = new Renewal.Held(hanging, 0, 9);
      agent.until("it is told how far the one has come", () -> said(running) && told(good));
      coordinator.unwanted.put(hanging, "its software was recalled: it hangs");
      agent.until("the other is proved", () -> coordinator.logged().containsKey(good));
      assertThat(agent.notice())
          .isEqualTo("a unit was stopped and does not count: its software was recalled: it hangs");
      agent.until("nothing is in hand", () -> Harness.files(grants(agent)) == 0);
    }
    assertThat(coordinator.logged()).containsOnlyKeys(good);
    assertThat(runner.ended).hasValue(2);
    assertThat(List.copyOf(coordinator.renewals))
        .flatExtracting(Renewal::leases)
        .contains(new Renewal.Held(hanging, 0, 9), new Renewal.Held(good, 0, 0));
  }

  private Path grants(Harness agent) {
    return agent.origin(coordinator).resolve("leases/grants");
  }

  @Test
  void aLeaseThatWaitsIsLetGoWhenNobodyWantsIt() throws Exception {
    coordinator.unit("wait");
    LeaseId waiting = coordinator.unit("never");
    try (Harness agent = start()) {
      agent.until("it is told", () -> told(waiting));
      coordinator.unwanted.put(waiting, "its owner wants no more of it");
      agent.until("it is let go", () -> agent.notice().contains("its owner wants no more of it"));
      runner.finish.countDown();
      agent.until("the first is proved", () -> coordinator.logged().size() == 1);
    }
    assertThat(runner.started).hasValue(1);
  }

  @Test
  void aDeadlineThatWasMovedIsKeptAlsoAfterARestart() throws Exception {
    LeaseId hanging = coordinator.unit("hang");
    LeaseId waiting = coordinator.unit("waits");
    coordinator.onGrant =
        g ->
            new Grant(
                g.origin(),
                g.agent(),
                g.issuedMs(),
                g.issuedMs() + 1_000,
                g.meter(),
                g.work(),
                g.leases());
    Instant signed = Instant.now().plusMillis(1_000);
    try (Harness agent = start()) {
      agent.until("it is told", () -> told(waiting));
      agent.until("the deadline has passed", () -> Instant.now().isAfter(signed.plusMillis(300)));
    }
    coordinator.unwanted.put(hanging, "enough");
    try (Harness agent = start()) {
      agent.until("it is run after all", () -> coordinator.logged().containsKey(waiting));
    }
  }

  @Test
  void aRenewalThatNobodyAnswersEndsNothing() throws Exception {
    coordinator.busy.put("renewals", 1_000);
    LeaseId lease = coordinator.unit("wait");
    try (Harness agent = start()) {
      agent.until("it was tried", () -> coordinator.requests.contains("POST /api/v1/renewals"));
      runner.finish.countDown();
      agent.until("the unit is proved", () -> coordinator.logged().containsKey(lease));
    }
  }

  @Test
  void toldToFinishItTakesNothingNewAndEndsWhenAllIsProved() throws Exception {
    LeaseId running = coordinator.unit("wait");
    coordinator.unit("not begun");
    FinishFile finish = new FinishFile(settings.home(), new FsyncDisk());
    try (Harness agent = start()) {
      agent.until("it runs", () -> runner.started.get() == 1);
      finish.ask();
      agent.until("it says so", () -> agent.reason().startsWith("finishes, then ends: primes"));
      int asked = coordinator.asked.size();
      runner.finish.countDown();
      agent.until("it has ended by itself", () -> !agent.running());
      assertThat(coordinator.asked).hasSize(asked);
      assertThat(agent.status().orElseThrow().state()).isEqualTo(Status.State.STOPPED);
      assertThat(agent.reason()).isEqualTo("finished what it ran, as its owner asked");
    }
    assertThat(coordinator.logged()).containsOnlyKeys(running);
    assertThat(finish.asked()).isFalse();
    assertThat(runner.started).hasValue(1);
  }

  @Test
  void whoWantsHoursAsksForManyLeasesAndNamesWhatIsHere() throws Exception {
    settings = settings.withWork(Duration.ofHours(2));
    coordinator.unit("one");
    try (Harness agent = start()) {
      agent.until("it is proved", () -> coordinator.logged().size() == 1);
      int before = coordinator.asked.size();
      agent.until("it asks again", () -> coordinator.asked.size() > before + 1);
    }
    LeaseRequest first = coordinator.asked.get(0);
    assertThat(first.wantSeconds()).isEqualTo(7_200);
    assertThat(first.want()).isEqualTo(Grant.LEASES_MAX);
    assertThat(first.meter()).isEqualTo(TestCoordinator.METER);
    assertThat(first.blobs()).isEmpty();
    LeaseRequest last = coordinator.asked.get(coordinator.asked.size() - 1);
    assertThat(last.blobs()).containsExactly(Hash.sha256(TestCoordinator.MODULE.toArray()));
  }
}
