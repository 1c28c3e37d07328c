package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** A bit flips in the store of a running coordinator. */
class LogWatchTests {
  /** Donors' agents that enrol: with the first entries, more than one bundle. */
  private static final int AGENTS = 300;

  /** A store one of whose tiles may read with its last bit flipped. */
  private static final class FlippingLog implements LogStore {
    private final LogStore whole;
    private Optional<TilePath> flipped = Optional.empty();

    FlippingLog(LogStore whole) {
      this.whole = whole;
    }

    @Override
    public void stage(Staged staged) throws IOException {
      whole.stage(staged);
    }

    @Override
    public Optional<Staged> staged() throws IOException {
      return whole.staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      whole.write(tiles);
    }

    @Override
    public synchronized Optional<Bytes> read(TilePath path) throws IOException {
      Optional<Bytes> octets = whole.read(path);
      return flipped.filter(path.full()::equals).isPresent()
          ? octets.map(o -> flip(o.toArray(), o.size() - 1))
          : octets;
    }

    synchronized void rot(Optional<TilePath> path) {
      flipped = path;
    }
  }

  private static Bytes flip(byte[] octets, int at) {
    octets[at] ^= 1;
    return Bytes.of(octets);
  }

  private static void rounds(LogWatch watch, int rounds) {
    long until = watch.progress().rounds() + rounds;
    while (watch.progress().rounds() < until && !watch.progress().damaged()) {
      watch.step();
    }
  }

  /** What is refused with the finding, and what is answered as before. */
  private static void assertStopped(Bench bench, String named) throws IOException {
    assertThat(bench.desk().stopped().orElseThrow())
        .startsWith("its audit of the stored log found that " + named)
        .endsWith("restored from a copy and the coordinator started again");
    String signed = bench.stores.register().read().orElseThrow();
    long size = bench.checkpoint().checkpoint().size();
    Refusal refusal = Bench.refusal(bench.desk().enrol(new StubAgent(Bench.ORIGIN, 7).enrolment()));
    assertThat(refusal.problem().status()).isEqualTo(503);
    assertThat(refusal.problem().slug()).isEqualTo("stopped");
    assertThat(refusal.problem().detail()).contains(named);
    assertThat(bench.stores.register().read()).contains(signed);
    assertThat(bench.desk().batches()).hasSize(1);
    assertThat(bench.desk().donors()).hasSize(1);
    assertThat(new LogReader(bench.stores.log()).entry(2, size).size()).isPositive();
  }

  @Test
  void l08TheFirstFindingStopsSigningWhileReadsAreServedUntilItIsRepaired() throws Exception {
    Bench bench = new Bench();
    FlippingLog log = new FlippingLog(bench.stores.log());
    bench.stores = new Stores(bench.stores.rows(), log, bench.stores.register());
    bench.open().approveOwner();
    bench.submit(4);
    bench.link(bench.agent(1));
    for (int i = 0; i < AGENTS; i++) {
      bench.agent(1_000 + i);
    }
    LogWatch watch = new LogWatch(bench.desk(), bench.stores);
    rounds(watch, 2);
    assertThat(watch.progress().damaged()).isFalse();
    assertThat(watch.progress().checked()).isGreaterThan(AGENTS);

    log.rot(Optional.of(TilePath.parse("tile/entries/000")));
    rounds(watch, 1);
    assertThat(watch.progress().finding()).startsWith("tile/entries/000 is damaged: entry 255 ");
    assertStopped(bench, "tile/entries/000 is damaged");
    watch.step();
    assertThat(watch.progress().rounds()).isEqualTo(2);

    log.rot(Optional.empty());
    bench.reopen();
    bench.agent(5);
    LogWatch next = new LogWatch(bench.desk(), bench.stores);
    rounds(next, 1);
    assertThat(next.progress().damaged()).isFalse();
    assertThat(bench.desk().stopped()).isEmpty();
    bench.close();
  }

  @Test
  void l08ARegisterThatChangedStopsSigningBeforeTheNextRequestComes() throws Exception {
    Bench bench = new Bench();
    bench.open().approveOwner();
    bench.submit(4);
    bench.link(bench.agent(1));
    LogWatch watch = new LogWatch(bench.desk(), bench.stores);
    rounds(watch, 1);
    String note = bench.stores.register().read().orElseThrow();
    bench
        .stores
        .register()
        .compareAndSet(Optional.of(note), note.replaceFirst("\n[0-9]+\n", "\n9999\n"));
    watch.step();
    assertThat(bench.desk().stopped()).as("read once").isEmpty();
    watch.step();
    assertThat(bench.desk().stopped().orElseThrow())
        .contains("the register's checkpoint is not this log's");
    assertThat(Bench.refusal(bench.desk().openAccount()).problem().slug()).isEqualTo("stopped");
    bench.close();
  }
}
