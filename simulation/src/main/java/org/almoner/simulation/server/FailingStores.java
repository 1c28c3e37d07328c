package org.almoner.simulation.server;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/**
 * A coordinator's stores in memory, one write of which can fail. What they hold afterwards is what
 * was durable: several rows or tiles may be there by halves, a staged batch and a checkpoint never.
 */
final class FailingStores {
  private final Fuse fuse = new Fuse();
  private final Stores stores = new Stores(new Rows(), new Log(), new Register());
  private final KeyShelf keys = new Shelf();

  Fuse fuse() {
    return fuse;
  }

  Stores stores() {
    return stores;
  }

  KeyShelf keys() {
    return keys;
  }

  /** The beginning of what is to be written, as much of it as is done. */
  private static <K, V> SortedMap<K, V> beginning(Map<K, V> all, double done) {
    SortedMap<K, V> some = new TreeMap<>();
    int most = (int) Math.min(all.size(), Math.floor(all.size() * done));
    all.entrySet().stream().limit(most).forEach(e -> some.put(e.getKey(), e.getValue()));
    return some;
  }

  private final class Rows implements RowStore {
    private final MemoryRows rows = new MemoryRows();

    @Override
    public void putAll(SortedMap<String, Bytes> changed) throws IOException {
      double done = fuse.next();
      rows.putAll(done > 1 ? changed : beginning(changed, done));
      Fuse.fail(done);
    }

    @Override
    public Optional<Bytes> get(String key) {
      return rows.get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) {
      rows.scan(prefix, each);
    }
  }

  private final class Log implements LogStore {
    private final MemoryLog log = new MemoryLog();

    @Override
    public void stage(Staged staged) throws IOException {
      fuse.whole(() -> log.stage(staged));
    }

    @Override
    public Optional<Staged> staged() {
      return log.staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      double done = fuse.next();
      if (done > 1) {
        log.write(tiles);
        return;
      }
      Map<String, TilePath> named = new TreeMap<>();
      tiles.keySet().forEach(path -> named.put(path.toString(), path));
      for (TilePath path : beginning(named, done).values()) {
        log.write(Map.of(path, Optional.ofNullable(tiles.get(path)).orElseThrow()));
      }
      Fuse.fail(done);
    }

    @Override
    public Optional<Bytes> read(TilePath path) throws IOException {
      return log.read(path);
    }
  }

  private final class Register implements CheckpointRegister {
    private final MemoryRegister register = new MemoryRegister();

    @Override
    public Optional<String> read() {
      return register.read();
    }

    @Override
    public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
      double done = fuse.next();
      boolean set = done > 0.5 && register.compareAndSet(expected, next);
      Fuse.fail(done);
      return set;
    }
  }

  private final class Shelf implements KeyShelf {
    private final MemoryKeyShelf shelf = new MemoryKeyShelf();

    @Override
    public Optional<Bytes> read() {
      return shelf.read();
    }

    @Override
    public void append(Bytes octets) throws IOException {
      double done = fuse.next();
      if (done > 1) {
        shelf.append(octets);
        return;
      }
      String hex = octets.toHex();
      shelf.append(Bytes.parseHex(hex.substring(0, 2 * (int) (octets.size() * done))));
      Fuse.fail(done);
    }

    @Override
    public void replace(Bytes octets) throws IOException {
      fuse.whole(() -> shelf.replace(octets));
    }
  }
}
