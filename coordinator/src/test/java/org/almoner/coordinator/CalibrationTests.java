package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of how fast computers are. */
class CalibrationTests {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Hash release() {
    return bench.release("1.0").digest();
  }

  private void open(long referenceRate) {
    bench.config = bench.config.withReferenceRate(referenceRate);
    bench.open().approveOwner();
    bench.submit(40);
  }

  /** Two agents run one unit and reach that rate; their lines state 800 ms. */
  private void reach(int pair, long rate) {
    StubAgent one = bench.agent(100 + 2 * pair);
    StubAgent other = bench.agent(101 + 2 * pair);
    bench.link(one);
    bench.link(other);
    run(one, other, rate);
  }

  private void run(StubAgent one, StubAgent other, long rate) {
    StubAgent.Granted mine = one.lease(bench.desk(), 1);
    StubAgent.Granted theirs = other.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    one.send(bench.desk(), one.honest(mine, line -> StubAgent.counting(line, rate * 800)));
    other.send(bench.desk(), other.honest(theirs, line -> StubAgent.counting(line, rate * 800)));
  }

  private List<Rates> logged() {
    bench.clock.pass(Duration.ofDays(1));
    bench.desk().settle().join();
    return bench.entries().stream()
        .filter(entry -> entry.kind() == Kind.RATES)
        .map(CalibrationTests::rates)
        .toList();
  }

  private static Rates rates(Entry entry) {
    try {
      return Rates.parse(entry);
    } catch (MalformedEntry e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReleaseThatFewRanAndNobodyMeasuredIsNotNamed() {
    open(0);
    reach(0, 100);
    assertThat(logged()).isEmpty();
  }

  @Test
  void aReleaseThatFewRanIsBelievedAQuarterOfTheOperatorsRate() {
    open(4_000);
    reach(0, 100);
    assertThat(logged()).hasSize(1);
    assertThat(logged()).as("nothing has changed").hasSize(1);
    assertThat(logged().get(0).releases()).containsEntry(release(), 1_000L);
    assertThat(logged().get(0).starter()).isEqualTo(1_000);
  }

  @Test
  void ofTwentyDonorsTheSlowestIsBelievedAndARestartForgetsNothingThatMatters() {
    open(4_000);
    for (int pair = 0; pair < 10; pair++) {
      reach(pair, 300 + 100 * pair);
      bench.clock.pass(Duration.ofHours(7)); // Nobody counts as present any more.
    }
    assertThat(logged().get(0).releases()).containsEntry(release(), 300L);
    bench.reopen();
    assertThat(logged()).hasSize(1);
    reach(10, 3);
    reach(11, 3);
    assertThat(logged().get(1).releases())
        .as("a quarter of the median")
        .containsEntry(release(), 150L);
  }

  @Test
  void computersWithoutADonorSayNothingOfHowFastComputersAre() {
    open(0);
    for (int pair = 0; pair < 10; pair++) {
      run(bench.agent(100 + 2 * pair), bench.agent(101 + 2 * pair), 300);
    }
    assertThat(logged()).isEmpty();
  }
}
