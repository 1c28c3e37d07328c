package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.outbox.Outgoing;
import org.almoner.agent.proof.LogSource;
import org.almoner.agent.sign.AgentKey;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.MemoryDisk;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One file of an agent's home is damaged: an octet changed, or the end missing. It costs at most
 * the record in that file, and never a number of the chain.
 */
class DamageTest {
  /** Between two damages of one file, in octets, where not every octet is tried. */
  private static final int STEP = 499;

  @TempDir Path parent;
  private Path home;
  private TestCoordinator coordinator;

  /**
   * A home that holds one of everything: two proved reports, one on its way that was logged though
   * its answer was lost, two finished lines, a lease in hand, a request under way, a wish to link.
   */
  @BeforeEach
  void live() throws Exception {
    home = Files.createDirectory(parent.resolve("home"));
    coordinator = new TestCoordinator();
    coordinator.noWorkMs = 1;
    StubRunner runner = new StubRunner();
    try (Harness agent = Harness.start(atOnce(3), runner, new FsyncDisk())) {
      for (int proved = 1; proved <= 2; proved++) {
        coordinator.unit("proved " + proved);
        int enough = proved;
        agent.until("it is proved", () -> coordinator.logged().size() == enough && idle(agent));
      }
    }
    AgentKey key = station(new FsyncDisk(), new ArrayList<>()).key();
    coordinator.refuseReport =
        report -> Optional.of(new Problem(503, "busy", "busy", "not just now"));
    coordinator.unit("hang");
    coordinator.unit("on its way");
    LeaseId last = coordinator.unit("wait");
    try (Harness agent = Harness.start(atOnce(3), runner, new FsyncDisk())) {
      agent.until("one is on its way", this::outgoing);
      runner.finish.countDown();
      agent.until("another is finished", () -> Files.exists(finished(last)));
    }
    VolunteerAgent away =
        Harness.agent(Harness.settings(home, coordinator.address()), runner, new FsyncDisk());
    coordinator.close();
    assertThat(away.link(TestCoordinator.CODE)).isInstanceOf(LinkOutcome.Unavailable.class);
    assertThat(key.id()).isEqualTo(station(new FsyncDisk(), new ArrayList<>()).key().id());
  }

  /** As many units run at one time. */
  private AgentSettings atOnce(int units) {
    AgentSettings one = Harness.settings(home, coordinator.address());
    return new AgentSettings(
        home,
        coordinator.address(),
        new Lent(units, 1, 64 << 20, 64 << 20),
        units,
        one.meter(),
        one.software(),
        new Computer("linux", "amd64", units, 1L << 30),
        one.blobOctetsMax(),
        one.stallMax());
  }

  private Path finished(LeaseId lease) {
    return directory().resolve("outbox/finished/" + lease.toString().replace('/', '-') + ".json");
  }

  private boolean idle(Harness agent) throws Exception {
    return agent.status().filter(s -> s.waitingForProof() == 0).isPresent();
  }

  private boolean outgoing() {
    return Files.exists(directory().resolve("outbox/outgoing.json"));
  }

  @Test
  void anOctetChangedHereAndThereCostsAtMostItsRecord() throws Exception {
    everyFile(STEP);
  }

  @Test
  @Tag("long")
  void anyOctetChangedAndAnyEndMissingCostsAtMostItsRecord() throws Exception {
    everyFile(1);
  }

  private void everyFile(int step) throws Exception {
    MemoryDisk whole = MemoryDisk.of(home);
    Kept before = kept(whole, new ArrayList<>());
    assertThat(before.leases()).isNotEmpty();
    assertThat(before.waiting()).isGreaterThanOrEqualTo(2);
    Set<String> kinds = new HashSet<>();
    for (Path file : List.copyOf(whole.files().keySet())) {
      String name = home.relativize(file).toString();
      if (!name.startsWith("origins") && !name.startsWith("addresses")) {
        continue;
      }
      kinds.add(String.valueOf(file.getFileName()));
      byte[] octets = whole.files().get(file).toArray();
      for (int at = 0; at < octets.length; at += step) {
        byte[] flipped = octets.clone();
        flipped[at] ^= 1;
        damaged(whole, before, file, Bytes.of(flipped));
        damaged(whole, before, file, Bytes.of(Arrays.copyOf(octets, at)));
      }
    }
    assertThat(kinds)
        .contains(
            "agent-key",
            "pinned.json",
            "pinned.json.copy",
            "checkpoint",
            "checkpoint.copy",
            "chain.json",
            "outgoing.json",
            "outgoing.json.copy",
            "enrolment.json",
            "000000000.json",
            "0000000000000001.json");
  }

  /** What an agent has that opens its home. */
  private record Kept(
      long seq,
      List<Hash> outgoing,
      Set<LeaseId> leases,
      int waiting,
      int links,
      long checkpoint) {}

  private void damaged(MemoryDisk whole, Kept before, Path file, Bytes octets) throws Exception {
    MemoryDisk disk = whole.with(file, octets);
    String what = file + " of " + octets.size() + " octets";
    List<String> told = new ArrayList<>();
    if (file.endsWith(AgentKey.FILE)) {
      assertThatThrownBy(() -> kept(disk, told))
          .as(what)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not a key");
      return;
    }
    Kept after;
    try {
      after = kept(disk, told);
    } catch (IOException e) {
      throw new AssertionError("does not open: " + what, e);
    }
    assertThat(after.seq()).as(what).isEqualTo(before.seq());
    assertThat(after.outgoing()).as(what).isEqualTo(before.outgoing());
    assertThat(after.checkpoint()).as(what).isEqualTo(before.checkpoint());
    int lost =
        before.waiting()
            - after.waiting()
            + before.links()
            - after.links()
            + (before.leases().equals(after.leases()) ? 0 : 1);
    assertThat(lost).as(what).isBetween(0, 1);
    assertThat(told.size()).as(what).isBetween(lost, 1);
    told.forEach(sentence -> assertThat(sentence).contains("is damaged", "moved to"));
    // What was told once is dealt with.
    List<String> again = new ArrayList<>();
    assertThat(kept(disk, again)).as(what).isEqualTo(after);
    assertThat(again).as(what).isEmpty();
  }

  private Kept kept(Disk disk, List<String> told) throws IOException {
    Station station = station(disk, told);
    Optional<Outgoing> next = station.outbox().next(Long.MAX_VALUE);
    Set<LeaseId> leases = new HashSet<>();
    for (HeldLease lease : station.leases().list()) {
      leases.add(lease.id());
    }
    int links = station.introduction().pendingLink().isPresent() ? 1 : 0;
    return new Kept(
        next.orElseThrow().report().seq(),
        next.stream().map(o -> o.signed().envelope().digest()).toList(),
        leases,
        station.outbox().waiting(),
        links,
        station.keeper().size());
  }

  private Station station(Disk disk, List<String> told) throws IOException {
    PinBook pins = new PinBook(home, disk);
    Pinned pinned = pins.at(coordinator.address()).orElseThrow();
    return Station.open(
        pins.directory(pinned),
        disk,
        pinned,
        new SecureRandom(),
        new NoLog(),
        new SetAside(home, disk, told::add));
  }

  private Path directory() {
    return home.resolve("origins").resolve(coordinator.pinned().directoryName()).resolve("agent");
  }

  /** Nobody answers. */
  private static final class NoLog implements LogSource {
    @Override
    public ConsistencyProof between(long first, long second) throws IOException {
      throw new IOException("nobody answers");
    }

    @Override
    public Rotations rotations() throws IOException {
      throw new IOException("nobody answers");
    }
  }
}
