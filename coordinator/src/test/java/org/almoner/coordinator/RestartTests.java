package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.journal.Page;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a store fails: nothing acknowledged is lost, nothing is there twice. */
class RestartTests {
  private static final int UNITS = 20;

  /** One client's doings, each repeated until it is acknowledged, as clients do. */
  private static final class Script {
    private final Bench bench = new Bench();
    private final FaultyStores faults = new FaultyStores(bench.stores, bench.openings);
    private final List<StubAgent> agents = new ArrayList<>();
    private final Map<StubAgent.Report, List<Proven>> acknowledged = new HashMap<>();
    private BatchId batch;
    private DonorId donor;
    private int restarts;

    Script() {
      bench.stores = faults.stores();
      bench.openings = faults.keys();
      for (int i = 0; i < 3; i++) {
        agents.add(new StubAgent(Bench.ORIGIN, 11 + i));
      }
    }

    /** Something asked of the desk. */
    private interface Step<T> {
      T ask(Coordinator desk);
    }

    private <T> T insist(Step<T> step) {
      try {
        return step.ask(bench.desk());
      } catch (CompletionException e) {
        assertThat(e.getCause()).isInstanceOf(Refusal.class);
        Refusal refusal = (Refusal) e.getCause();
        assertThat(refusal.problem().slug()).as(refusal.problem().detail()).isEqualTo("stopped");
        assertThat(refusal.problem().status()).isEqualTo(503);
        assertThat(bench.desk().stopped()).isPresent();
        assertThat(Bench.refusal(bench.desk().settle()).problem().slug()).isEqualTo("stopped");
        assertThat(faults.heal()).isTrue();
        restarts++;
        faults.failAt(1, FaultyStores.Reach.HALF);
        assertThatThrownBy(bench::reopen).hasMessageContaining("the disk is gone");
        faults.heal();
        bench.reopen();
        checkAcknowledged();
        checkNoPageBehindTheLog();
        return insist(step);
      }
    }

    void run() {
      insist(desk -> desk.approveOwner("Institute", bench.ownerKey.publicKey()).join());
      var spec = bench.sign(bench.spec(UNITS, 2));
      batch = insist(desk -> desk.submit(spec, bench.release("1.0")).join());
      for (StubAgent agent : agents) {
        insist(desk -> desk.enrol(agent.enrolment()).join());
      }
      donor = insist(desk -> desk.openAccount().join()).donor();
      String code = insist(desk -> desk.drawCode(donor).join());
      insist(desk -> desk.link(agents.get(0).link(code)).join());
      expireOne();
      for (int round = 0; round < 6; round++) {
        for (StubAgent agent : agents) {
          work(agent);
        }
      }
      bench.clock.pass(Duration.ofDays(2));
      insist(desk -> desk.settle().join());
      insist(desk -> desk.tick().join());
    }

    /** A page is written before its group is staged, and may be left of one that never was. */
    private void checkNoPageBehindTheLog() {
      long size = bench.desk().pulse().entries();
      try {
        assertThat(bench.stores.rows().get(Page.key(size))).isEmpty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void expireOne() {
      var request = agents.get(2).request(1);
      insist(desk -> desk.lease(request).join());
      for (String found : List.of("late", "over")) {
        bench.clock.pass(Duration.ofMinutes(11));
        insist(desk -> desk.tick().join());
      }
    }

    private void work(StubAgent agent) {
      var request = agent.request(7);
      var reply = insist(desk -> desk.lease(request).join());
      List<StubAgent.Granted> got =
          reply.match(g -> List.of(StubAgent.Granted.of(g.grant())), none -> List.of());
      bench.clock.pass(Duration.ofSeconds(2));
      for (StubAgent.Granted each : got) {
        StubAgent.Report report = agent.honest(each);
        Receipted receipted =
            insist(desk -> desk.report(report.envelope(), report.outputs(), 0).join());
        acknowledged.put(report, receipted.proven());
        agent.logged(report);
      }
    }

    private void checkAcknowledged() {
      acknowledged.forEach(
          (report, proven) ->
              assertThat(
                      bench.desk().report(report.envelope(), report.outputs(), 0).join().proven())
                  .extracting(Proven::leaf, Proven::salt)
                  .containsExactlyElementsOf(
                      proven.stream()
                          .map(p -> org.assertj.core.groups.Tuple.tuple(p.leaf(), p.salt()))
                          .toList()));
    }

    void check() throws Exception {
      bench.reopen();
      checkAcknowledged();
      BatchView view = bench.desk().batches().get(0);
      assertThat(view.accepted()).isEqualTo(UNITS);
      assertThat(view.leased()).isZero();
      assertThat(view.reported()).isEqualTo(2 * UNITS);
      assertThat(view.cpuMs()).isEqualTo(2 * UNITS * 800L);
      assertThat(bench.desk().results(batch, 0, 100)).hasSize(UNITS);
      var entries = bench.entries();
      assertThat(entries.stream().filter(e -> e.kind() == Kind.USAGE)).hasSize(2 * UNITS);
      assertThat(entries.stream().filter(e -> e.kind() == Kind.ENROLMENT)).hasSize(3);
      assertThat(entries.stream().filter(e -> e.kind() == Kind.LINK)).hasSize(1);
      assertThat(entries.stream().filter(e -> e.kind() == Kind.RELEASE)).hasSize(1);
      for (int leaf = 0; leaf < entries.size(); leaf++) {
        Outcome expected = entries.get(leaf).kind() == Kind.USAGE ? Outcome.ACCEPTED : Outcome.NONE;
        assertThat(Bench.outcome(entries, leaf)).as("leaf " + leaf).isEqualTo(expected);
      }
      assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
      List<LineOpening> openings = bench.desk().openings(donor);
      long expected =
          acknowledged.keySet().stream()
              .filter(r -> r.envelope().signer().equals(agents.get(0).key.publicKey()))
              .mapToLong(r -> acknowledged.get(r).size())
              .sum();
      assertThat(openings).hasSize((int) expected);
      bench.close();
    }
  }

  /** Each write, for one of the three reaches. */
  @ParameterizedTest
  @EnumSource(FaultyStores.Reach.class)
  void aStoreMayFailAtAnyWrite(FaultyStores.Reach reach) throws Exception {
    int reaches = FaultyStores.Reach.values().length;
    failAtWrites(reach, List.of(FaultyStores.Reach.values()).indexOf(reach) + 1, reaches);
  }

  @ParameterizedTest
  @EnumSource(FaultyStores.Reach.class)
  @Tag("long")
  void andForEachReach(FaultyStores.Reach reach) throws Exception {
    failAtWrites(reach, 1, 1);
  }

  private static void failAtWrites(FaultyStores.Reach reach, int first, int step) throws Exception {
    boolean failed = true;
    int n = first - step;
    while (failed) {
      n += step;
      Script script = new Script();
      script.bench.open();
      script.faults.failAt(n, reach);
      script.run();
      failed = script.restarts > 0;
      script.faults.heal();
      script.check();
    }
    assertThat(n).as("writes of the whole script").isGreaterThan(60);
  }
}
