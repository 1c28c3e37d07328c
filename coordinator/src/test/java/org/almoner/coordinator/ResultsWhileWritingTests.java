package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.journal.OutputPlace;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ResultsWhileWritingTests {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  @Timeout(60)
  void theOutputOfAResultThatIsListedCanBeFetched() throws Exception {
    LateOutputs rows = new LateOutputs();
    bench.stores = new Stores(rows, new MemoryLog(), new MemoryRegister());
    bench.open().approveOwner();
    BatchId batch = bench.submit(1);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent.Granted first = a.lease(bench.desk(), 1);
    StubAgent.Granted second = b.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    a.send(bench.desk(), a.honest(first));
    StubAgent.Report last = b.honest(second);
    var sent = bench.desk().report(last.envelope(), last.outputs(), 0);

    rows.unitIsThere.await();
    UnitResult listed = bench.desk().results(batch, 0, 1).get(0);
    assertThat(bench.desk().result(batch, 0)).contains(listed);
    assertThat(bench.desk().result(batch, 1)).isEmpty();
    assertThat(bench.desk().result(batch, Long.MAX_VALUE)).isEmpty();
    CompletableFuture<Optional<Bytes>> asked =
        CompletableFuture.supplyAsync(() -> bench.desk().output(listed.output()));
    rows.asked.await();
    rows.goOn.countDown();

    assertThat(asked.get()).map(octets -> Hash.sha256(octets.toArray())).contains(listed.output());
    sent.join();
  }

  /** Rows that appear one by one, that of an output last and only when told. */
  private static final class LateOutputs implements RowStore {
    private final MemoryRows rows = new MemoryRows();
    final CountDownLatch unitIsThere = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void putAll(SortedMap<String, Bytes> all) throws IOException {
      SortedMap<String, Bytes> others = new java.util.TreeMap<>(all);
      others.keySet().removeIf(LateOutputs::isOutput);
      rows.putAll(others);
      if (others.size() < all.size()) {
        unitIsThere.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      rows.putAll(all);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      Optional<Bytes> found = rows.get(key);
      if (isOutput(key)) {
        asked.countDown();
      }
      return found;
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      rows.scan(prefix, each);
    }

    private static boolean isOutput(String key) {
      return key.startsWith(OutputPlace.key(Hash.ZERO).substring(0, "output/".length()));
    }
  }
}
