package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.ledger.check.LogCheck;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow on the durable store, closed and opened again in its midst. */
class IgniteFlowTests {
  private static final long REGION_BYTES = 64L << 20;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereAfterReopeningAndTheFlowGoesOn() throws Exception {
    Bench bench = new Bench();
    StubAgent a;
    StubAgent b;
    StubAgent.Granted second;
    StubAgent.Report report;
    Receipted first;
    DonorId donor;
    BatchId batch;
    try (IgniteStores ignite = IgniteStores.open(folder, REGION_BYTES)) {
      bench.stores = ignite.stores();
      bench.open().approveOwner();
      batch = bench.submit(20);
      a = bench.agent(11);
      b = bench.agent(12);
      donor = bench.link(a);
      StubAgent.Granted granted = a.lease(bench.desk(), 20);
      second = b.lease(bench.desk(), 20);
      bench.clock.pass(Duration.ofSeconds(1));
      report = a.honest(granted);
      first = a.send(bench.desk(), report);
      bench.close();
    }
    try (IgniteStores ignite = IgniteStores.open(folder, REGION_BYTES)) {
      bench.stores = ignite.stores();
      bench.open();
      assertThat(bench.desk().report(report.envelope(), report.outputs(), 0).join())
          .isEqualTo(first);
      assertThat(bench.desk().batches().get(0).leased()).isEqualTo(20);
      b.send(bench.desk(), b.honest(second));
      BatchView view = bench.desk().batches().get(0);
      assertThat(view.accepted()).isEqualTo(20);
      assertThat(bench.desk().results(batch, 0, 100)).hasSize(20);
      assertThat(bench.desk().openings(donor)).hasSize(20);
      bench.clock.pass(Duration.ofDays(2));
      assertThat(bench.desk().settle().join()).isEqualTo(40);
      assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
      bench.close();
    }
  }
}
