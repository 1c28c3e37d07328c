package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Test;

/** What a batch costs before anybody works on it. */
class LargeBatchTests {
  private static final long TEN_MILLION = 10_000_000;

  /** Notes what is written. */
  private static final class NotedRows implements RowStore {
    private final RowStore rows = new MemoryRows();
    private final List<String> keys = new ArrayList<>();
    private long octets;

    @Override
    public synchronized void putAll(SortedMap<String, Bytes> changed) throws IOException {
      changed.forEach(
          (key, row) -> {
            keys.add(key);
            octets += row.size();
          });
      rows.putAll(changed);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      return rows.get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      rows.scan(prefix, each);
    }
  }

  private static NotedRows rowsOf(long units) {
    NotedRows rows = new NotedRows();
    Bench bench = new Bench();
    bench.stores = new Stores(rows, bench.stores.log(), bench.stores.register());
    try (Bench open = bench.open()) {
      open.approveOwner();
      rows.keys.clear();
      rows.octets = 0;
      BatchId batch = open.submit(units);
      assertThat(rows.keys).filteredOn(key -> key.contains(batch.toHex())).hasSize(2);
      BatchView view = open.desk().batches().get(0);
      assertThat(view.units()).isEqualTo(units);
    }
    return rows;
  }

  @Test
  void tenMillionUnitsAreAsManyRowsAsTen() {
    NotedRows ten = rowsOf(10);
    NotedRows many = rowsOf(TEN_MILLION);
    assertThat(many.keys).hasSameSizeAs(ten.keys);
    assertThat(many.octets).as("but for longer numbers").isLessThan(ten.octets + 50);
  }

  @Test
  void theLastUnitOfTenMillionIsWorkedOutWhenSomebodyAsksForIt() throws Exception {
    Bench bench = new Bench();
    try (Bench open = bench.open()) {
      open.approveOwner();
      BatchId id = open.submit(TEN_MILLION);
      assertThat(open.desk().units(id, TEN_MILLION - 1, 10, Set.of()).next())
          .isEqualTo(TEN_MILLION);
      assertThat(open.agent(11).lease(open.desk(), 1).lease(0).args()).containsExactly("1", "10");
    }
  }
}
