package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowTests {
  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void twoDonorsAgreeAndTheLinesAreSettledOnce() throws Exception {
    BatchId batch = bench.submit(2);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    DonorId donor = bench.link(a);

    StubAgent.Granted first = a.lease(bench.desk(), 5);
    assertThat(first.grant().leases()).hasSize(2);
    StubAgent.Granted second = b.lease(bench.desk(), 5);
    assertThat(second.grant().leases()).extracting(l -> l.id().replica()).containsExactly(1, 1);
    bench.clock.pass(Duration.ofSeconds(1));
    StubAgent.Report report = a.honest(first);
    Receipted receipted = a.send(bench.desk(), report);
    b.send(bench.desk(), b.honest(second));

    checkProofs(report, receipted);
    BatchView view = bench.desk().batches().get(0);
    assertThat(view.done()).isTrue();
    assertThat(view.accepted()).isEqualTo(2);
    assertThat(view.leased()).isZero();
    assertThat(view.reported()).isEqualTo(4);
    assertThat(view.cpuMs()).isEqualTo(4 * 800);
    assertThat(bench.desk().results(batch, 0, 10)).hasSize(2);
    bench
        .desk()
        .results(batch, 0, 10)
        .forEach(r -> assertThat(bench.desk().output(r.output())).isPresent());

    assertThat(bench.desk().settle().join()).as("nothing has matured").isZero();
    bench.clock.pass(Duration.ofDays(1));
    assertThat(bench.desk().settle().join()).isEqualTo(4);
    assertThat(bench.desk().settle().join()).as("each line once").isZero();
    List<Entry> entries = bench.entries();
    Settlement settlement =
        Settlement.parse(
            entries.stream().filter(e -> e.kind() == Kind.SETTLEMENT).findFirst().orElseThrow());
    for (int i = 0; i < entries.size(); i++) {
      Outcome expected = entries.get(i).kind() == Kind.USAGE ? Outcome.ACCEPTED : Outcome.NONE;
      assertThat(settlement.outcome(i)).as("leaf " + i).isEqualTo(expected);
    }
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();

    List<LineOpening> openings = bench.desk().openings(donor);
    assertThat(openings).extracting(LineOpening::report).containsOnly(report.envelope());
    for (LineOpening opening : openings) {
      Entry entry =
          Commitment.of(
                  Kind.USAGE,
                  Bench.ORIGIN,
                  opening.salt(),
                  opening.part(),
                  opening.report().record())
              .entry();
      assertThat(entries.get((int) opening.leaf())).isEqualTo(entry);
    }
    assertThat(openings).hasSize(2);
  }

  private void checkProofs(StubAgent.Report report, Receipted receipted) throws Exception {
    var checkpoint = bench.checkpoint().checkpoint();
    Receipted again = bench.desk().report(report.envelope(), report.outputs(), 0).join();
    assertThat(again.proven())
        .extracting(Proven::leaf, Proven::salt)
        .isEqualTo(
            receipted.proven().stream()
                .map(p -> org.assertj.core.groups.Tuple.tuple(p.leaf(), p.salt()))
                .toList());
    for (Proven proven : again.proven()) {
      Entry entry =
          Commitment.of(
                  Kind.USAGE,
                  Bench.ORIGIN,
                  proven.salt(),
                  proven.part(),
                  report.envelope().record())
              .entry();
      new InclusionProof(proven.inclusion())
          .verify(proven.leaf(), checkpoint.size(), entry.leafHash(), checkpoint.root());
    }
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.USAGE)).hasSize(4);
  }

  @Test
  void disagreementCallsAThirdDonorAndTheMajorityDecides() {
    BatchId batch = bench.submit(1);
    StubAgent liar = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent c = bench.agent(13);
    StubAgent.Granted wrong = liar.lease(bench.desk(), 1);
    StubAgent.Granted right = b.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    Lease lease = wrong.lease(0);
    liar.send(
        bench.desk(), liar.report(List.of(liar.line(wrong, lease, "lie", 5, 0)), List.of("lie")));
    b.send(bench.desk(), b.honest(right));
    assertThat(bench.desk().results(batch, 0, 10)).isEmpty();
    StubAgent.Granted third = c.lease(bench.desk(), 1);
    assertThat(third.lease(0).id().replica()).isEqualTo(2);
    bench.clock.pass(Duration.ofSeconds(1));
    c.send(bench.desk(), c.honest(third));

    assertThat(bench.desk().results(batch, 0, 10))
        .extracting(r -> r.output())
        .containsExactly(StubAgent.bundle(StubAgent.answer(lease)).digest());
    BatchView view = bench.desk().batches().get(0);
    assertThat(view.rejected()).isEqualTo(1);
    assertThat(view.cpuMs()).isEqualTo(2 * 800);
    bench.clock.pass(Duration.ofDays(2));
    assertThat(bench.desk().settle().join()).isEqualTo(3);
    assertThat(outcomes())
        .containsExactly(Outcome.OUTPUT_DISAGREED, Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  /** Outcomes of all usage lines in leaf order. */
  private List<Outcome> outcomes() {
    List<Entry> entries = bench.entries();
    List<Outcome> outcomes = new java.util.ArrayList<>();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE) {
        outcomes.add(Bench.outcome(entries, leaf));
      }
    }
    return outcomes;
  }
}
