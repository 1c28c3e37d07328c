package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Totals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project's totals are open to everybody once ten donors stand behind them, and never finer. */
class StatisticsTests {
  private static final long LINE_MS = 800;

  private final Bench bench = new Bench();
  private final List<StubAgent> agents = new ArrayList<>();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    for (int i = 0; i < 12; i++) {
      agents.add(bench.agent(20 + i));
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Each of the first {@code count} agents returns a unit, two of them each unit. */
  private void work(int count, int units) {
    bench.submit(units);
    agents.subList(0, count).forEach(agent -> work(agent, 1));
  }

  /** Of many computers, only some may answer for a unit at first. */
  private void work(StubAgent agent, int want) {
    int done = 0;
    while (done < want) {
      LeaseReply reply = bench.desk().lease(agent.request(want - done)).join();
      if (reply instanceof LeaseReply.Granted leases) {
        StubAgent.Granted granted = StubAgent.Granted.of(leases.grant());
        bench.clock.pass(Duration.ofSeconds(1));
        agent.send(bench.desk(), agent.honest(granted));
        done += granted.grant().leases().size();
      } else {
        bench.clock.pass(Duration.ofMinutes(15));
      }
    }
  }

  private void mature() {
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
  }

  @Test
  void whatFewDonorsGaveIsKeptBackUntilTenStandBehindIt() throws Exception {
    agents.subList(0, 9).forEach(bench::link);
    work(12, 6);
    mature();
    assertThat(bench.desk().totals()).as("nine donors, three computers of nobody").isEmpty();
    bench.link(agents.get(9));
    bench.reopen();
    bench.submit(2);
    work(agents.get(8), 2);
    work(agents.get(9), 2);
    mature();
    assertThat(bench.desk().totals()).hasSize(1);
    Totals told = bench.desk().totals().get(0);
    assertThat(told.project()).isEqualTo("adder");
    assertThat(told.donors()).isEqualTo(10);
    assertThat(told.lines()).isEqualTo(9 + 4);
    assertThat(told.cpu().c1()).isEqualTo(13 * LINE_MS);
    assertThat(told.from()).isEqualTo(LocalDate.parse("2026-11-22"));
    assertThat(told.to()).isEqualTo(LocalDate.parse("2026-11-24"));
    bench.reopen();
    assertThat(bench.desk().totals()).containsExactly(told);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
    assertThat(logged()).containsExactly(told);
  }

  @Test
  void whatWasToldIsNotToldAgainAndPeriodsHaveNoDayInCommon() throws Exception {
    agents.forEach(bench::link);
    work(12, 6);
    mature();
    assertThat(bench.desk().totals()).hasSize(1);
    bench.desk().settle().join();
    bench.reopen().desk().settle().join();
    assertThat(bench.desk().totals()).hasSize(1);
    work(8, 4);
    mature();
    assertThat(bench.desk().totals()).as("eight donors").hasSize(1);
    work(12, 7);
    mature();
    assertThat(bench.desk().totals()).hasSize(2);
    Totals second = bench.desk().totals().get(1);
    assertThat(second.lines()).isEqualTo(20);
    assertThat(second.from()).isAfter(bench.desk().totals().get(0).to());
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  private List<Totals> logged() throws Exception {
    List<Totals> logged = new ArrayList<>();
    for (Entry entry : bench.entries()) {
      if (entry.kind() == Kind.TOTALS) {
        logged.add(Totals.parse(entry));
      }
    }
    return logged;
  }
}
