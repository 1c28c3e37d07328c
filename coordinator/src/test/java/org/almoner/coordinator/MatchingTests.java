package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose units a computer is given. */
class MatchingTests {
  private static final long MINUTE_MS = 60_000;

  private final Bench bench = new Bench();
  private final Owners owners = new Owners(bench);
  private final SigningKey ada = Owners.key(101);
  private final SigningKey bob = Owners.key(102);
  private long agents = 1_000;

  @BeforeEach
  void open() {
    bench.config = bench.config.withShares(Map.of("Bob", 3));
    bench.open();
    bench.desk().approveOwner("Ada", ada.publicKey()).join();
    bench.desk().approveOwner("Bob", bob.publicKey()).join();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Batches of the units that computers are given which ask one after the other. */
  private List<BatchId> asked(int times, int want) {
    List<BatchId> batches = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      StubAgent agent = bench.agent(agents++);
      agent.lease(bench.desk(), want).grant().leases().forEach(l -> batches.add(l.id().batch()));
    }
    return batches;
  }

  private long count(List<BatchId> leased, BatchId batch) {
    return leased.stream().filter(batch::equals).count();
  }

  @Test
  void ownersHaveProcessorTimeByTheirShares() {
    BatchId light = owners.submit(ada, "light", MINUTE_MS, 0);
    BatchId heavy = owners.submit(bob, "heavy", 5 * MINUTE_MS, 0);
    List<BatchId> leased = asked(40, 5);
    long lightMs = count(leased, light) * MINUTE_MS;
    long heavyMs = count(leased, heavy) * 5 * MINUTE_MS;
    assertThat(Math.abs(lightMs - heavyMs / 3)).isLessThanOrEqualTo(15 * MINUTE_MS);
  }

  @Test
  void whoHasNoWorkSavesNothingUp() {
    BatchId first = owners.submit(ada, "first", 10 * MINUTE_MS, 0);
    assertThat(asked(30, 1)).containsOnly(first);
    BatchId second = owners.submit(bob, "second", 10 * MINUTE_MS, 0);
    List<BatchId> leased = asked(16, 1);
    assertThat(count(leased, second)).isBetween(11L, 13L);
  }

  @Test
  void theEarliestDeadlineOfAnOwnerComesFirstUntilItHasPassed() {
    long now = bench.clock.millis();
    long hour = 60 * MINUTE_MS;
    BatchId none = owners.submit(ada, "none", MINUTE_MS, 0);
    BatchId late = owners.submit(ada, "late", MINUTE_MS, now + 2 * hour);
    BatchId soon = owners.submit(ada, "soon", MINUTE_MS, now + hour);
    assertThat(asked(3, 3)).containsOnly(soon);
    bench.reopen();
    bench.clock.pass(Duration.ofMinutes(61));
    assertThat(asked(3, 3)).containsOnly(late);
    bench.clock.pass(Duration.ofHours(1));
    assertThat(asked(6, 1)).contains(none, late, soon);
  }

  @Test
  void aDeadlineTakesNothingFromAnotherOwner() {
    BatchId hurried =
        owners.submit(ada, "hurried", 10 * MINUTE_MS, bench.clock.millis() + 60 * MINUTE_MS);
    BatchId other = owners.submit(bob, "other", 10 * MINUTE_MS, 0);
    List<BatchId> leased = asked(16, 1);
    assertThat(count(leased, other)).isBetween(11L, 13L);
    assertThat(count(leased, hurried)).isBetween(3L, 5L);
  }

  @Test
  void aBatchWhoseFilesAreThereIsPreferredButNotForEver() {
    byte[] other = StubAgent.utf8("another module");
    BatchId first = owners.submit(ada, "first", MINUTE_MS, 0);
    BatchId second = owners.submit(ada, "second", MINUTE_MS, 0, other);
    List<BatchId> leased = new ArrayList<>();
    StubAgent agent = bench.agent(7);
    for (int i = 0; i < 36; i++) {
      Envelope request = agent.request(1, 1, List.of(Hash.sha256(other)));
      leased.add(StubAgent.granted(bench.desk(), request).lease(0).id().batch());
    }
    assertThat(leased.get(0)).isEqualTo(second);
    assertThat(count(leased, first)).isEqualTo(2);
  }

  @Test
  void anAgentThatCountsOtherwiseIsToldSo() {
    owners.submit(ada, "first", MINUTE_MS, 0);
    StubAgent agent = bench.agent(7);
    LeaseRequest request =
        new LeaseRequest(
            Bench.ORIGIN,
            agent.id,
            Bytes.of(new byte[LeaseRequest.ID_SIZE]),
            1,
            1,
            1L << 30,
            1L << 30,
            0,
            "almoner-meter/2",
            List.of());
    Envelope signed = Envelope.sign(Envelope.Kind.LEASE_REQUEST, request.toJson(), agent.key);
    assertThat(
            bench
                .desk()
                .lease(signed)
                .join()
                .match(granted -> "granted", LeaseReply.NoWork::reason))
        .isEqualTo(
            "Instructions are counted by almoner-meter/1 here; this computer's agent counts by"
                + " almoner-meter/2. Install the agent that fits.");
  }
}
