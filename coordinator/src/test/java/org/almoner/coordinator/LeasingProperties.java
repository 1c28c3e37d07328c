package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;

/** What holds in whatever order six computers of four donors ask, report, renew and go away. */
class LeasingProperties {
  private static final int AGENTS = 6;

  /** Twice the ten minutes of a grant: from then on a lease that was never renewed is over. */
  private static final Duration OVER = Duration.ofMinutes(20);

  @Property(tries = 20)
  void noDonorHasAUnitTwiceNoDeadlineIsMovedBackAndARestartChangesNothing(
      @ForAll @Size(min = 20, max = 60) List<@IntRange(max = 999) Integer> steps) {
    try (Bench bench = new Bench()) {
      bench.config = bench.config.withPilot(true);
      bench.open().approveOwner();
      new World(bench).run(steps);
    }
  }

  /** Computers 0 and 1 are one donor's, 2 and 3 another's; 4 and 5 are their own. */
  private static final class World {
    private final Bench bench;
    private final List<StubAgent> agents = new ArrayList<>();
    private final List<List<StubAgent.Granted>> inHand = new ArrayList<>();
    private final Map<LeaseId, Long> deadlines = new HashMap<>();
    private final Map<String, Long> lastGiven = new HashMap<>();
    private final Map<String, Boolean> logged = new HashMap<>();
    private long cpuMs;

    World(Bench bench) {
      this.bench = bench;
      for (int i = 0; i < AGENTS; i++) {
        agents.add(bench.agent(100 + i));
        inHand.add(new ArrayList<>());
      }
      for (int first : List.of(0, 2)) {
        var donor = bench.link(agents.get(first));
        String code = bench.desk().drawCode(donor).join();
        bench.desk().link(agents.get(first + 1).link(code)).join();
      }
      bench.submit(25);
    }

    void run(List<Integer> steps) {
      for (int step : steps) {
        int who = step % AGENTS;
        switch (step / AGENTS % 6) {
          case 0, 1 -> lease(who, 1 + step % 7);
          case 2 -> report(who);
          case 3 -> renew(who);
          case 4 -> bench.clock.pass(Duration.ofMinutes(step % 9));
          default -> restart();
        }
      }
      restart();
    }

    private static int donor(int agent) {
      return agent < 4 ? agent / 2 : agent;
    }

    private static String name(int agent, LeaseId lease) {
      return donor(agent) + "/" + lease.unit();
    }

    private void lease(int who, int want) {
      LeaseReply reply = bench.desk().lease(agents.get(who).request(want)).join();
      List<StubAgent.Granted> got =
          reply.match(g -> List.of(StubAgent.Granted.of(g.grant())), none -> List.of());
      long now = bench.clock.millis();
      for (StubAgent.Granted granted : got) {
        inHand.get(who).add(granted);
        for (Lease lease : granted.grant().leases()) {
          String name = name(who, lease.id());
          Long before = lastGiven.put(name, now);
          assertThat(logged).as("it answered already").doesNotContainKey(name);
          assertThat(before == null || now - before >= OVER.toMillis())
              .as("unit %s went to its donor twice", name)
              .isTrue();
          deadlines.put(lease.id(), granted.grant().deadlineMs());
        }
      }
    }

    private void report(int who) {
      if (inHand.get(who).isEmpty()) {
        return;
      }
      bench.clock.pass(Duration.ofSeconds(2));
      StubAgent.Granted granted = inHand.get(who).remove(0);
      try {
        agents.get(who).send(bench.desk(), agents.get(who).honest(granted));
        granted.grant().leases().forEach(l -> logged.put(name(who, l.id()), true));
      } catch (CompletionException e) {
        assertThat(((Refusal) e.getCause()).problem().slug()).isIn("lease-expired", "unit-ended");
      }
    }

    private void renew(int who) {
      List<Renewal.Held> held = new ArrayList<>();
      cpuMs += 10;
      for (StubAgent.Granted granted : inHand.get(who)) {
        granted.grant().leases().forEach(lease -> held.add(new Renewal.Held(lease.id(), 0, cpuMs)));
      }
      if (held.isEmpty()) {
        return;
      }
      RenewalAnswer answer = bench.desk().renew(agents.get(who).renewal(held)).join();
      for (RenewalAnswer.Word word : answer.leases()) {
        if (word instanceof RenewalAnswer.GoOn goOn) {
          Long before = deadlines.put(goOn.lease(), goOn.deadlineMs());
          assertThat(goOn.deadlineMs()).isGreaterThanOrEqualTo(before);
        }
      }
    }

    private void restart() {
      bench.desk().tick().join();
      List<BatchView> before = bench.desk().batches();
      bench.reopen();
      bench.desk().tick().join();
      assertThat(bench.desk().batches()).isEqualTo(before);
    }
  }
}
