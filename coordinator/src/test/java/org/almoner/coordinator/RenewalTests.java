package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.almoner.protocol.lease.RenewalAnswer.Drop;
import org.almoner.protocol.lease.RenewalAnswer.GoOn;
import org.almoner.protocol.lease.RenewalAnswer.Stop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent hears that says how far its leases have come. Grants are for ten minutes. */
class RenewalTests {
  private final Bench bench = new Bench();
  private StubAgent agent;
  private long cpuMs;

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    agent = bench.agent(11);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private BatchView view() {
    return bench.desk().batches().get(0);
  }

  private RenewalAnswer renew(List<Renewal.Held> held) {
    return bench.desk().renew(agent.renewal(held)).join();
  }

  private List<RenewalAnswer.Word> renew(StubAgent.Granted granted, long cpuMs) {
    List<Renewal.Held> held = new ArrayList<>();
    for (Lease lease : granted.grant().leases()) {
      held.add(new Renewal.Held(lease.id(), 0, cpuMs));
    }
    return renew(held).leases();
  }

  /** The deadline after a renewal that came further. */
  private long deadlineOf(StubAgent.Granted granted) {
    cpuMs += 1_000;
    return ((GoOn) renew(granted, cpuMs).get(0)).deadlineMs();
  }

  private Drop dropped(StubAgent.Granted granted) {
    return (Drop) renew(granted, 1).get(0);
  }

  @Test
  void aLeaseThatComesFurtherGetsMoreTimeWhenHalfOfItIsGone() {
    bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 2);
    long signed = granted.grant().deadlineMs();
    assertThat(deadlineOf(granted)).isEqualTo(signed);
    bench.clock.pass(Duration.ofMinutes(6));
    long moved = bench.clock.millis() + Duration.ofMinutes(10).toMillis();
    assertThat(deadlineOf(granted)).isEqualTo(moved).isGreaterThan(signed);
    bench.reopen();
    assertThat(deadlineOf(granted)).as("after a restart").isEqualTo(moved);
    bench.clock.pass(Duration.ofMinutes(9));
    bench.desk().tick().join();
    assertThat(view().leased()).as("the deadline that was signed has passed").isEqualTo(2);
    agent.send(bench.desk(), agent.honest(granted));
    assertThat(view().reported()).isEqualTo(2);
  }

  @Test
  void whoComesNoFurtherGetsNoMoreTime() {
    bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 2);
    long signed = deadlineOf(granted);
    bench.clock.pass(Duration.ofMinutes(6));
    assertThat(((GoOn) renew(granted, cpuMs).get(0)).deadlineMs()).isEqualTo(signed);
    long more = 2 * 60_000 + 1;
    assertThat(((GoOn) renew(granted, more).get(0)).deadlineMs())
        .as("more processor time than two cores give in a minute is no progress")
        .isEqualTo(signed);
  }

  @Test
  void noLeaseIsRenewedForEver() {
    bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    long last = 0;
    for (int i = 0; i < 6; i++) {
      bench.clock.pass(Duration.ofMinutes(6));
      long next = deadlineOf(granted);
      assertThat(next).isGreaterThanOrEqualTo(last);
      last = next;
    }
    assertThat(last - granted.grant().issuedMs()).isEqualTo(Duration.ofMinutes(40).toMillis());
  }

  @Test
  void aRenewalThatMovesNothingWritesNothing() {
    bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 2);
    FaultyStores faults = new FaultyStores(bench.stores, bench.openings);
    bench.desk().close();
    bench.stores = faults.stores();
    bench.openings = faults.keys();
    bench.open();
    faults.failAt(1, FaultyStores.Reach.values()[0]);
    assertThat(deadlineOf(granted)).isEqualTo(granted.grant().deadlineMs());
    assertThat(faults.heal()).as("a write was tried").isFalse();
  }

  @Test
  void leasesOfACancelledBatchAreStoppedAndOutNoMore() {
    BatchId batch = bench.submit(40);
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.desk().cancel(batch).join();
    assertThat(view().done()).isFalse();
    assertThat(dropped(granted))
        .isEqualTo(
            new Drop(granted.lease(0).id(), Stop.CANCELLED, "its owner wants no more of it"));
    assertThat(view().leased()).isZero();
    assertThat(view().done()).isTrue();
    assertThat(dropped(granted).stop()).as("asked again").isEqualTo(Stop.CANCELLED);
    bench.reopen();
    assertThat(dropped(granted).stop()).as("after a restart").isEqualTo(Stop.CANCELLED);
    assertThat(view().done()).isTrue();
  }

  @Test
  void theReasonOfARecallIsTold() {
    BatchId batch = bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.desk().stop(batch, StopReason.recalled("it reads outside its input")).join();
    assertThat(dropped(granted).stop()).isEqualTo(Stop.RECALLED);
    assertThat(dropped(granted).reason())
        .isEqualTo("its software was recalled: it reads outside its input");
  }

  @Test
  void whatIsNotThisAgentsIsUnknownAndWhatIsLoggedIsSaidToBe() {
    BatchId batch = bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    StubAgent.Granted others = bench.agent(12).lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(2));
    agent.send(bench.desk(), agent.honest(granted));
    BatchId nowhere = BatchId.parseHex("00000000000000ff");
    RenewalAnswer answer =
        renew(
            List.of(
                new Renewal.Held(granted.lease(0).id(), 0, 0),
                new Renewal.Held(others.lease(0).id(), 0, 0),
                new Renewal.Held(new LeaseId(batch, 3, 0), 0, 0),
                new Renewal.Held(new LeaseId(nowhere, 0, 0), 0, 0)));
    assertThat(answer.leases())
        .extracting(word -> ((Drop) word).stop())
        .containsExactly(Stop.LOGGED, Stop.UNKNOWN, Stop.UNKNOWN, Stop.UNKNOWN);
    assertThat(answer.next()).isBetween(Duration.ofSeconds(75), Duration.ofSeconds(225));
  }

  @Test
  void aRenewalSignedByAnotherKeyOrForAnotherLogIsRefused() {
    bench.submit(4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    List<Renewal.Held> held = List.of(new Renewal.Held(granted.lease(0).id(), 0, 0));
    Renewal renewal = new Renewal(Bench.ORIGIN, agent.id, held);
    Envelope forged = Envelope.sign(Envelope.Kind.RENEWAL, renewal.toJson(), bench.agent(12).key);
    assertThat(Bench.refusal(bench.desk().renew(forged)).problem().slug())
        .isEqualTo("bad-signature");
    Renewal elsewhere = new Renewal("log.example.org/other", agent.id, held);
    Envelope other = Envelope.sign(Envelope.Kind.RENEWAL, elsewhere.toJson(), agent.key);
    assertThat(Bench.refusal(bench.desk().renew(other)).problem().slug()).isEqualTo("wrong-origin");
  }
}
