package org.almoner.coordinator.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiConsumer;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

/** A start scans no cache that grows with all that was ever done. */
class ScannedRowsTests {
  private final Set<String> scanned = new ConcurrentSkipListSet<>();

  private final class Rows implements RowStore {
    private final RowStore whole = new MemoryRows();

    @Override
    public void putAll(SortedMap<String, Bytes> rows) throws IOException {
      whole.putAll(rows);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      return whole.get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      scanned.add(prefix);
      whole.scan(prefix, each);
    }
  }

  private static final class NoBlobs implements BlobShelf {
    @Override
    public OptionalLong size(Hash digest) {
      return OptionalLong.empty();
    }

    @Override
    public Optional<InputStream> open(Hash digest) {
      return Optional.empty();
    }

    @Override
    public Optional<InputStream> openSent(AgentId agent, Hash digest) {
      return Optional.empty();
    }
  }

  @Test
  void everyFamilyThatAStartReadsStandsInACacheThatIsReadAtStart() throws Exception {
    SecureRandom random = new SecureRandom();
    Keys keys = new Keys(SigningKey.generate(random), SigningKey.generate(random));
    Coordinator.open(
            Config.of("log.example.org/2026", "almoner/0.1.0", "almoner-meter/1"),
            new Stores(new Rows(), new MemoryLog(), new MemoryRegister()),
            new MemoryKeyShelf(),
            new NoBlobs(),
            (module, allotment) -> Optional.empty(),
            keys,
            InstantSource.system(),
            random)
        .close();
    assertThat(scanned).contains("batch/", "secret/", "objection/");
    Set<String> slow = new TreeSet<>(scanned);
    slow.removeIf(IgniteRows::isQuicklyScanned);
    assertThat(slow).as("families that stand among all rows").isEmpty();
  }
}
