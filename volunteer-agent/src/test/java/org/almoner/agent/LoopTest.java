package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.control.Status;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.agent.proof.Receipt;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.Identities;
import org.almoner.agent.world.SmallLog;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole agent against a real coordinator's routes, with units that end as they are told.
 *
 * <p>Longer than most: a list of claims that share one small world.
 */
class LoopTest {
  @TempDir Path parent;
  private Path home;
  private TestCoordinator coordinator;
  private final StubRunner runner = new StubRunner();

  @BeforeEach
  void open() throws Exception {
    coordinator = new TestCoordinator();
    home = Files.createDirectory(parent.resolve("home"));
  }

  @AfterEach
  void close() {
    coordinator.close();
  }

  @Test
  void unitsAreRunReportedAndProved() throws Exception {
    for (int i = 0; i < 5; i++) {
      coordinator.unit("unit", "" + i);
    }
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("five lines proved", () -> proved(5));
      agent.until(
          "nothing is left to do",
          () -> {
            Status status = agent.status().orElseThrow();
            return status.state() == Status.State.WAITING
                && status.reason().equals("there is nothing to do just now")
                && status.unitsDone() == 5
                && status.waitingForProof() == 0;
          });
    }
    assertThat(coordinator.logged()).hasSize(5);
    assertThat(runner.started).hasValue(5);
    UsageLine line = coordinator.logged().values().iterator().next();
    assertThat(line.count()).isEqualTo(1_000);
    assertThat(line.exit()).isZero();
    assertThat(new String(coordinator.output(line.output()).toArray())).contains("unit 0");
    Status last = new org.almoner.agent.control.StatusFile(home, new FsyncDisk()).read().get();
    assertThat(last.state()).isEqualTo(Status.State.STOPPED);
  }

  @Test
  void aProofOnTheShelfConvincesSomebodyWithoutTheAgent() throws Exception {
    coordinator.unit("unit");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("one line proved", () -> proved(1));
    }
    KeptReceipt kept = shelf().report(0).orElseThrow();
    Hash leaf =
        Commitment.of(
                Kind.USAGE,
                kept.origin(),
                kept.receipt().lines().get(0).salt(),
                0,
                kept.record().record())
            .entry()
            .leafHash();
    kept.tlogProof(0).verify(leaf, kept.origin(), List.of(VerifierKey.parse(kept.logKey())));
    assertThat(shelf().enrolment()).isPresent();
  }

  @Test
  void aUnitThatFailsByItselfIsReportedAsEvidence() throws Exception {
    List<LeaseId> failing =
        List.of(coordinator.unit("trap"), coordinator.unit("oom"), coordinator.unit("timeout"));
    LeaseId exits = coordinator.unit("exit", "3");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("all are proved", () -> proved(4));
    }
    for (LeaseId lease : failing) {
      UsageLine line = coordinator.logged().get(lease);
      assertThat(line.exit()).isEqualTo(256);
      assertThat(line.cpuMs()).isEqualTo(9);
      // Nothing of the guest's, and why the agent ended it.
      assertThat(new String(coordinator.output(line.output()).toArray()))
          .matches("almoner-output/1\n14:last-lines.txt\n[0-9]+\nalmoner: [^\n]+\n+");
    }
    assertThat(coordinator.logged().get(exits).exit()).isEqualTo(3);
    assertThat(coordinator.logged().get(failing.get(0)).count()).isEqualTo(7);
  }

  @Test
  void aLargeOutputIsUploadedBeforeItsReport() throws Exception {
    LeaseId lease = coordinator.unit("big", "200000");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it is proved", () -> proved(1));
    }
    Hash output = coordinator.logged().get(lease).output();
    assertThat(coordinator.uploaded).containsExactly(output);
    assertThat(coordinator.output(output).size()).isGreaterThan(200_000);
    assertThat(home.resolve("origins")).isDirectoryRecursivelyContaining("glob:**/outputs");
    assertThat(Harness.files(originDirectory().resolve("outbox/outputs"))).isZero();
  }

  @Test
  void aUnitThatThisComputerKilledIsTriedAgainAndThenLetGo() throws Exception {
    coordinator.unit("crash-once");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it is proved", () -> proved(1));
      assertThat(runner.started).hasValue(2);
      coordinator.unit("crash");
      agent.until("it is given up", () -> agent.notice().contains("killed by the system"));
      assertThat(runner.started).hasValue(2 + Bench.STARTS_MAX);
    }
    assertThat(coordinator.logged()).hasSize(1);
  }

  @Test
  void aLeaseThatMayNotRunHereIsLetGoAndTheAgentLivesOn() throws Exception {
    coordinator.unit("refuse");
    coordinator.unit("cannot");
    coordinator.unit("good");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("the good one is proved", () -> proved(1));
      agent.until("the others are gone", () -> runner.started.get() >= 2 + Bench.STARTS_MAX);
    }
    assertThat(coordinator.logged()).hasSize(1);
  }

  @Test
  void anotherMeterOrMoreThanIsLentIsNotRun() throws Exception {
    coordinator.onGrant =
        g ->
            new org.almoner.protocol.lease.Grant(
                g.origin(),
                g.agent(),
                g.issuedMs(),
                g.deadlineMs(),
                "meter/2",
                g.work(),
                g.leases());
    coordinator.unit("good");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it is said why", () -> agent.notice().contains("counted by meter/2"));
    }
    assertThat(runner.started).hasValue(0);
  }

  @Test
  void aRefusedLineDoesNotSpoilTheOthersAndItsNumberIsUsedAgain() throws Exception {
    coordinator.busy.put("reports", 6);
    LeaseId bad = coordinator.unit("bad");
    coordinator.unit("good");
    coordinator.refuseReport =
        report ->
            report.lines().stream().anyMatch(line -> line.lease().equals(bad))
                ? Optional.of(new Problem(409, "lease-expired", "Expired", "the lease expired"))
                : Optional.empty();
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("the good one is proved", () -> proved(1));
      agent.until("the owner is told", () -> agent.notice().contains("the lease expired"));
      assertThat(agent.status().orElseThrow().refused()).isEqualTo(1);
      coordinator.unit("later");
      agent.until("the next report continues the chain", () -> proved(2));
    }
    assertThat(shelf().list()).containsExactly(0L, 1L);
    assertThat(coordinator.logged()).doesNotContainKey(bad);
    Path refused = originDirectory().resolve("outbox/refused");
    try (var files = Files.list(refused)) {
      assertThat(Files.readString(files.findFirst().orElseThrow()))
          .contains("lease-expired")
          .contains("outputs");
    }
  }

  @Test
  void aCoordinatorThatForgotTheAgentIsIntroducedAgainAndNothingIsLost() throws Exception {
    coordinator.unit("one");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("one is proved", () -> proved(1));
      coordinator.forgetAgents();
      coordinator.unit("two");
      agent.until("two is proved", () -> proved(2));
    }
  }

  @Test
  void aBusyOrAbsentCoordinatorIsWaitedFor() throws Exception {
    coordinator.unit("one");
    for (String route : List.of("origin", "enrolments", "leases", "blobs", "reports")) {
      coordinator.busy.put(route, 2);
    }
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it is proved", () -> proved(1));
      int port = coordinator.port();
      coordinator.unit("hidden");
      coordinator.close();
      agent.until("that is said", () -> agent.reason().contains("no answer from"));
      coordinator = new TestCoordinator("log.example.org/test", port);
      agent.until("it is spoken to again", () -> !coordinator.requests.isEmpty());
    }
  }

  @Test
  void aWrongClockDoesNotLoseWork() throws Exception {
    for (long ahead : new long[] {-7_200_000, 7_200_000}) {
      coordinator.clockAheadMs = ahead;
      coordinator.unit("unit");
      long before = coordinator.logged().size();
      try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
        agent.until("it is accepted", () -> proved(before + 1));
      }
    }
  }

  @Test
  void withACodeTheComputerIsLinkedAndLaterUnlinked() throws Exception {
    coordinator.unit("one");
    VolunteerAgent agent = agent();
    assertThat(agent.link("wrong")).isInstanceOf(LinkOutcome.Refused.class);
    assertThat(agent.link("abcd efgh-JKLM")).isInstanceOf(LinkOutcome.Done.class);
    try (Harness running = Harness.start(home, agent)) {
      running.until("one is proved", () -> proved(1));
      coordinator.log.logOthers(3, "other");
      assertThat(agent().unlink()).isInstanceOf(LinkOutcome.LeftToRunningAgent.class);
      running.until("it is unlinked", () -> coordinator.links.size() == 2);
      coordinator.unit("two");
      running.until("two is proved", () -> proved(2));
    }
    assertThat(coordinator.links)
        .extracting(Link::action)
        .containsExactly(Link.Action.LINK, Link.Action.UNLINK);
    assertThat(Harness.files(originDirectory().resolve("shelf/links"))).isEqualTo(2);
  }

  @Test
  void noLinkIsLeftToARunningAgentThatHasNoKeyYet() throws Exception {
    try (Harness running = Harness.start(home, coordinator.address(), runner)) {
      running.until("it is enrolled", this::shelfExists);
    }
    Path key = originDirectory().resolve(org.almoner.agent.sign.AgentKey.FILE);
    Files.delete(key);
    var lock = org.almoner.agent.durable.HomeLock.take(home.resolve("lock")).orElseThrow();
    try {
      assertThat(agent().link("ABCD-EFGH-JKLM")).isInstanceOf(LinkOutcome.Unavailable.class);
      assertThat(key).doesNotExist();
    } finally {
      lock.close();
    }
  }

  @Test
  void stoppingEndsARunningUnitAndTheNextStartRunsItAgain() throws Exception {
    coordinator.unit("hang");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it runs", () -> runner.started.get() == 1);
      agent.until("it is said", () -> agent.status().get().state() == Status.State.WORKING);
      assertThat(agent.reason()).contains("primes, unit 0").contains("Looks for primes.");
    }
    assertThat(runner.ended).hasValue(1);
    assertThat(coordinator.logged()).isEmpty();
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it runs again", () -> runner.started.get() == 2);
    }
    assertThat(coordinator.leasesOut()).isEqualTo(1);
  }

  @Test
  void twoAgentsInOneHomeAreRefused() throws Exception {
    try (Harness first = Harness.start(home, coordinator.address(), runner)) {
      first.until("it runs", () -> shelfExists());
      try (Harness second = Harness.start(home, coordinator.address(), runner)) {
        assertThat(second.failure()).hasMessageContaining("another agent works in");
      }
      assertThat(first.running()).isTrue();
    }
  }

  @Test
  void aRestoredBackupGetsANewKeyAndKeepsWhatItProved() throws Exception {
    // A request under way in the backup would bring the copy the same lease, in no time the same
    // report, and so no fork: after one answer without work the agent asks no more.
    coordinator.noWorkMs = 60_000;
    coordinator.unit("one");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("one is proved", () -> proved(1));
      agent.until("no request is under way", () -> agent.reason().startsWith("there is nothing"));
    }
    Path backup = Files.createDirectory(home.resolveSibling("backup"));
    copy(home, backup);
    coordinator.unit("two");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("two is proved", () -> proved(2));
      agent.until("no request is under way", () -> agent.reason().startsWith("there is nothing"));
    }
    coordinator.noWorkMs = 20;
    coordinator.unit("three");
    AgentSettings restored = Harness.settings(backup, coordinator.address());
    try (Harness agent = Harness.start(restored, runner, new FsyncDisk())) {
      agent.until("it has a new key", () -> agent.notice().contains("has a new key"));
      LeaseId four = coordinator.unit("four");
      agent.until("it works", () -> coordinator.logged().containsKey(four));
      Path retired = agent.origin(coordinator).resolveSibling("retired");
      assertThat(retired).isDirectoryRecursivelyContaining("glob:**/shelf/reports/*0.json");
      assertThat(retired).isDirectoryRecursivelyContaining("glob:**/outbox/outgoing.json");
    }
  }

  @Test
  void aForkedLogGetsNoMoreWorkAndTheReportWaits() throws Exception {
    coordinator.unit("one");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("one is proved", () -> proved(1));
      SmallLog fork =
          new SmallLog("log.example.org/test", Identities.key("log of log.example.org/test"));
      fork.logOthers(20, "forged");
      coordinator.onReceipt =
          honest -> new Receipt(fork.checkpoint().format(), honest.lines(), honest.consistency());
      coordinator.unit("two");
      agent.until(
          "the owner is told", () -> agent.reason().contains("is not proved to be in the log"));
      assertThat(agent.status().orElseThrow().state()).isEqualTo(Status.State.TROUBLE);
      assertThat(agent.status().orElseThrow().waitingForProof()).isEqualTo(1);
      coordinator.onReceipt = honest -> honest;
      agent.until("the truth is accepted", () -> proved(2));
      agent.until(
          "all is well", () -> agent.status().orElseThrow().state() == Status.State.WAITING);
    }
    assertThat(coordinator.reportsSeen.get(1)).isEqualTo(coordinator.reportsSeen.get(2));
  }

  @Test
  void aGrantOfAnotherKeyIsNotRun() throws Exception {
    coordinator.signsGrants = Identities.key("a stranger");
    coordinator.unit("one");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it is said", () -> agent.reason().contains("the grant is signed by key"));
    }
    assertThat(runner.started).hasValue(0);
  }

  @Test
  void anAgentWhoseDonorWasErasedEndsAndTakesNoNewKeyByItself() throws Exception {
    Path key;
    coordinator.unit("one");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("one is proved", () -> proved(1));
      coordinator.dismissing = true;
      assertThat(agent.failure())
          .isInstanceOf(Dismissed.class)
          .hasMessageContaining("agent-erased");
      assertThat(agent.reason()).contains("agent-erased");
      key = agent.origin(coordinator);
    }
    long files = Harness.files(key);
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      assertThat(agent.failure()).isInstanceOf(Dismissed.class);
    }
    assertThat(Harness.files(key)).as("no new key").isEqualTo(files);
  }

  @Test
  void aCoordinatorThatIsNotTheOneFirstMetEndsTheAgent() throws Exception {
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      agent.until("it is enrolled", this::shelfExists);
    }
    coordinator.shownKey = Identities.key("a stranger");
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      assertThat(agent.failure())
          .isInstanceOf(ChangedIdentity.class)
          .hasMessageContaining("says it has the coordinator key");
      assertThat(agent.reason()).contains("at the first meeting it was");
    }
    coordinator.shownKey = coordinator.grantKey;
    coordinator.shownOrigin = "log.example.org/other";
    try (Harness agent = Harness.start(home, coordinator.address(), runner)) {
      assertThat(agent.failure()).hasMessageContaining("says it is the log log.example.org/other");
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.exists(target)) {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private VolunteerAgent agent() {
    return Harness.agent(Harness.settings(home, coordinator.address()), runner, new FsyncDisk());
  }

  private Path originDirectory() {
    return home.resolve("origins").resolve(coordinator.pinned().directoryName()).resolve("agent");
  }

  private boolean shelfExists() {
    return Files.exists(originDirectory().resolve("shelf/enrolment.json"));
  }

  private AgentShelf shelf() throws Exception {
    return new AgentShelf(
        originDirectory().resolve("shelf"), new FsyncDisk(), coordinator.pinned());
  }

  private boolean proved(long lines) throws Exception {
    if (!Files.isDirectory(originDirectory())) {
      return false;
    }
    long found = 0;
    for (long seq : shelf().list()) {
      found += shelf().report(seq).orElseThrow().receipt().lines().size();
    }
    return found == lines;
  }
}
