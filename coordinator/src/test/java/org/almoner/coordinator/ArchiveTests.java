package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.almoner.coordinator.archive.ArchiveShelf;
import org.almoner.coordinator.archive.FolderArchives;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.UnitPage;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.check.LogCheck;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch that is over leaves the store, and nobody who asks for it can tell. */
class ArchiveTests {
  private static final int UNITS = 40;
  private static final List<String> FAMILIES =
      List.of("batch/", "tally/", "stopped/", "unit/", "open/");

  @TempDir Path folder;
  private Bench bench;
  private BatchId batch;
  private StubAgent ada;
  private StubAgent bob;
  private StubAgent.Granted adas;
  private StubAgent.Report report;
  private StubAgent.Report expired;
  private List<Proven> proven;
  private Told before;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench();
    bench.stores = bench.stores.archivingTo(FolderArchives.open(folder));
    bench.config = bench.config.withArchiveAfter(Duration.ZERO);
    bench.open().approveOwner();
  }

  @Test
  void aBatchStaysAsLongAsItsUnitsMayHaveToBeRunAgain() throws IOException {
    bench.config = bench.config.withArchiveAfter(Duration.ofDays(10));
    bench.reopen();
    finishABatch();
    bench.clock.pass(Duration.ofDays(6));
    bench.desk().settle().join();
    assertThat(bench.desk().archive().join()).isZero();
    bench.reopen();
    bench.clock.pass(Duration.ofDays(5));
    assertThat(bench.desk().archive().join()).isEqualTo(1);
  }

  /** A batch whose units two agents agreed on, the leases of a third expired, all of it settled. */
  private void finishABatch() {
    batch = bench.submit(UNITS);
    ada = bench.agent(11);
    bob = bench.agent(12);
    StubAgent eve = bench.agent(13);
    StubAgent.Granted late = eve.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofMinutes(11));
    bench.desk().tick().join();
    adas = ada.lease(bench.desk(), UNITS);
    StubAgent.Granted bobs = bob.lease(bench.desk(), UNITS);
    bench.clock.pass(Duration.ofSeconds(2));
    report = ada.honest(adas);
    proven = ada.send(bench.desk(), report).proven();
    bob.send(bench.desk(), bob.honest(bobs));
    expired = eve.honest(late);
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().lease(bob.request(1)).join(); // Whatever is over by the clock is over now.
    before = Told.of(bench.desk(), batch, proven.get(0).leaf());
    bench.desk().settle().join();
  }

  /** All that anybody can ask of the batch. */
  private record Told(
      List<BatchView> views,
      UnitPage units,
      List<UnitResult> results,
      Optional<String> owner,
      Object signed,
      Object opened,
      Optional<Bytes> output) {
    static Told of(Coordinator desk, BatchId batch, long leaf) {
      List<UnitResult> results = desk.results(batch, 0, 100);
      return new Told(
          desk.batches(),
          desk.units(batch, 0, 100, EnumSet.allOf(UnitView.State.class)),
          results,
          desk.ownerOf(batch),
          desk.signedBatch(batch),
          desk.openedLeaf(leaf).orElseThrow().agreed(),
          results.isEmpty() ? Optional.empty() : desk.output(results.get(0).output()));
    }
  }

  private List<String> hot() {
    List<String> keys = new ArrayList<>();
    for (String family : FAMILIES) {
      try {
        bench.stores.rows().scan(family + batch, (key, row) -> keys.add(key));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return keys;
  }

  @Test
  void aBatchThatIsOverLeavesTheStoreAndIsToldOfAsBefore() throws Exception {
    finishABatch();
    assertThat(before.results()).hasSize(UNITS);
    bench.desk().archive().join();
    assertThat(hot()).isEmpty();
    assertThat(Told.of(bench.desk(), batch, proven.get(0).leaf())).isEqualTo(before);
    assertThat(bench.desk().archive().join()).as("once").isZero();
    bench.reopen();
    assertThat(Told.of(bench.desk(), batch, proven.get(0).leaf())).isEqualTo(before);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
    bench.close();
  }

  @Test
  void aLeaseHasOneLoggedLineForEver() throws Exception {
    finishABatch();
    bench.desk().archive().join();
    for (int round = 0; round < 2; round++) {
      assertThat(bench.desk().report(report.envelope(), report.outputs(), 0).join().proven())
          .extracting(Proven::leaf, Proven::salt)
          .containsExactlyElementsOf(proven.stream().map(p -> tuple(p.leaf(), p.salt())).toList());
      StubAgent.Report other = ada.honest(adas, line -> StubAgent.counting(line, 9));
      assertThat(
              Bench.refusal(bench.desk().report(other.envelope(), other.outputs(), 0))
                  .problem()
                  .slug())
          .isEqualTo("lease-already-logged");
      assertThat(
              Bench.refusal(bench.desk().report(expired.envelope(), expired.outputs(), 0))
                  .problem()
                  .slug())
          .isEqualTo("lease-expired");
      bench.reopen();
    }
    bench.close();
  }

  @Test
  void anArchiveThatCannotBeReadPutsOffOneReportAndStopsNothing() throws Exception {
    finishABatch();
    bench.desk().archive().join();
    bench.reopen();
    Path archive = folder.resolve(batch + ".archive");
    Path aside = Files.move(archive, folder.resolve("aside"));
    assertThat(
            Bench.refusal(bench.desk().report(report.envelope(), report.outputs(), 0))
                .problem()
                .slug())
        .isEqualTo("archive-unreadable");
    assertThat(bench.desk().stopped()).isEmpty();
    Files.move(aside, archive);
    assertThat(bench.desk().report(report.envelope(), report.outputs(), 0).join().proven())
        .extracting(Proven::leaf)
        .containsExactlyElementsOf(proven.stream().map(Proven::leaf).toList());
    bench.close();
  }

  @Test
  void theSameBatchIsKnownAndTheNextHasANumberOfItsOwn() throws Exception {
    finishABatch();
    bench.desk().archive().join();
    assertThat(bench.submit(UNITS)).isEqualTo(batch);
    assertThat(bench.desk().check(bench.sign(bench.spec(UNITS, 2)), bench.release("1.0")).join())
        .matches(check -> check.submitted());
    BatchId second = bench.submit(7);
    assertThat(bench.desk().batches()).extracting(BatchView::id).containsExactly(second, batch);
    bench.reopen();
    BatchId third = bench.submit(8);
    assertThat(bench.desk().batches())
        .extracting(BatchView::id)
        .containsExactly(third, second, batch);
    assertThat(bench.desk().cancel(batch).join().cancelled()).as("it was over before").isFalse();
    assertThat(ada.lease(bench.desk(), 5).grant().leases()).hasSize(5);
    bench.close();
  }

  @Test
  void whatMayStillChangeStays() {
    batch = bench.submit(2);
    ada = bench.agent(11);
    bob = bench.agent(12);
    StubAgent.Granted first = ada.lease(bench.desk(), 2);
    assertThat(bench.desk().archive().join()).as("leases are out").isZero();
    StubAgent.Granted second = bob.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(2));
    ada.send(bench.desk(), ada.honest(first));
    bob.send(bench.desk(), bob.honest(second));
    assertThat(bench.desk().batches().get(0).done()).isTrue();
    assertThat(bench.desk().archive().join()).as("nothing is settled").isZero();
    bench.clock.pass(Duration.ofDays(2));
    assertThat(bench.desk().archive().join()).as("mature and not settled").isZero();
    bench.desk().settle().join();
    bench.desk().archive().join();
    assertThat(hot()).isEmpty();
    bench.close();
  }

  @Test
  void aCancelledBatchIsArchivedToo() {
    batch = bench.submit(UNITS);
    ada = bench.agent(11);
    StubAgent.Granted granted = ada.lease(bench.desk(), 20);
    bench.clock.pass(Duration.ofSeconds(2));
    report = ada.honest(granted);
    proven = ada.send(bench.desk(), report).proven();
    BatchView cancelled = bench.desk().cancel(batch).join();
    before = Told.of(bench.desk(), batch, proven.get(0).leaf());
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
    bench.desk().archive().join();
    assertThat(hot()).isEmpty();
    bench.reopen();
    assertThat(Told.of(bench.desk(), batch, proven.get(0).leaf())).isEqualTo(before);
    assertThat(bench.desk().cancel(batch).join()).isEqualTo(cancelled);
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(FaultyStores.Reach.class)
  void killedAtAnyWriteNothingIsInNeitherPlace(FaultyStores.Reach reach) throws Exception {
    boolean failed = true;
    int n = 0;
    while (failed) {
      n++;
      bench = new Bench();
      FaultyStores faults = new FaultyStores(bench.stores, bench.openings);
      bench.stores =
          faults.stores().archivingTo(new FaultyShelf(FolderArchives.open(folder), faults));
      bench.openings = faults.keys();
      bench.config = bench.config.withArchiveAfter(Duration.ZERO);
      bench.open().approveOwner();
      batch = bench.submit(UNITS);
      workInPeace();
      before = Told.of(bench.desk(), batch, proven.get(0).leaf());
      faults.failAt(n, reach);
      failed = archiveFails();
      faults.heal();
      bench.reopen();
      assertThat(Told.of(bench.desk(), batch, proven.get(0).leaf())).isEqualTo(before);
      bench.desk().archive().join();
      assertThat(hot()).isEmpty();
      bench.reopen();
      assertThat(Told.of(bench.desk(), batch, proven.get(0).leaf())).isEqualTo(before);
      bench.close();
    }
    assertThat(n).as("writes of an archiving").isGreaterThan(5);
  }

  /** Without the settlement's own archiving, which would race with the fault. */
  private void workInPeace() {
    ada = bench.agent(11);
    bob = bench.agent(12);
    adas = ada.lease(bench.desk(), UNITS);
    StubAgent.Granted bobs = bob.lease(bench.desk(), UNITS);
    bench.clock.pass(Duration.ofSeconds(2));
    proven = ada.send(bench.desk(), ada.honest(adas)).proven();
    bob.send(bench.desk(), bob.honest(bobs));
    bench.clock.pass(Duration.ofMinutes(20));
    bench.clock.pass(Duration.ofDays(2));
    Stores archiving = bench.stores;
    bench.stores = new Stores(archiving.rows(), archiving.log(), archiving.register());
    bench.reopen().desk().settle().join();
    bench.stores = archiving;
    bench.reopen();
  }

  private boolean archiveFails() {
    try {
      assertThat(bench.desk().archive().join()).isEqualTo(1);
      return false;
    } catch (CompletionException e) {
      return true;
    }
  }

  /** A shelf that is written as one write. */
  private record FaultyShelf(ArchiveShelf shelf, FaultyStores faults) implements ArchiveShelf {
    @Override
    public Kept keep(BatchId batch, Rows rows) throws IOException {
      Kept[] kept = new Kept[1];
      faults.write(() -> {}, () -> kept[0] = shelf.keep(batch, rows));
      return kept[0];
    }

    @Override
    public Optional<Bytes> find(BatchId batch, String key) throws IOException {
      return shelf.find(batch, key);
    }
  }

  /** Counts rows that are read. */
  private static final class CountedRows implements RowStore {
    private final RowStore rows;
    private final AtomicInteger read = new AtomicInteger();

    CountedRows(RowStore rows) {
      this.rows = rows;
    }

    @Override
    public void putAll(SortedMap<String, Bytes> changed) throws IOException {
      rows.putAll(changed);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      read.incrementAndGet();
      return rows.get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      rows.scan(
          prefix,
          (key, row) -> {
            read.incrementAndGet();
            each.accept(key, row);
          });
    }
  }

  @Test
  void aStartReadsOneRowOfEachArchivedBatchHoweverManyUnitsItHad() throws Exception {
    CountedRows counted = new CountedRows(bench.stores.rows());
    bench.close();
    bench.stores =
        new Stores(counted, bench.stores.log(), bench.stores.register(), bench.stores.archives());
    bench.open();
    finishABatch();
    bench.desk().archive().join();
    int one = readAtStart(counted);
    for (int i = 1; i <= 5; i++) {
      bench.submit(100 + i);
      finish();
    }
    bench.desk().archive().join();
    bench.desk().archive().join();
    assertThat(bench.desk().batches()).hasSize(6);
    int six = readAtStart(counted);
    assertThat(six - one).as("names, twice: among the rows and among the batches").isEqualTo(10);
    bench.close();
  }

  private int readAtStart(CountedRows counted) {
    bench.close();
    counted.read.set(0);
    bench.open();
    return counted.read.get();
  }

  private void finish() {
    while (!bench.desk().batches().get(0).done()) {
      for (StubAgent agent : List.of(ada, bob)) {
        StubAgent.Granted granted = agent.lease(bench.desk(), 64);
        bench.clock.pass(Duration.ofSeconds(2));
        agent.send(bench.desk(), agent.honest(granted));
      }
    }
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
  }
}
