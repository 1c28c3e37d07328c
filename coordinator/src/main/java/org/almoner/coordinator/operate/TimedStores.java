package org.almoner.coordinator.operate;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/** Stores whose writes are timed; reads are not. */
public final class TimedStores {
  private final Stores stores;
  private final Meters meters;

  private TimedStores(Stores stores, Meters meters) {
    this.stores = stores;
    this.meters = meters;
  }

  /** The same stores, timed by {@code meters}. */
  public static Stores of(Stores stores, Meters meters) {
    TimedStores timed = new TimedStores(stores, meters);
    return new Stores(timed.new Rows(), timed.new Log(), timed.new Register());
  }

  private final class Rows implements RowStore {
    @Override
    public void putAll(SortedMap<String, Bytes> rows) throws IOException {
      long since = meters.now();
      stores.rows().putAll(rows);
      meters.took(Meters.Part.ROWS, since);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      return stores.rows().get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      stores.rows().scan(prefix, each);
    }
  }

  private final class Log implements LogStore {
    @Override
    public void stage(Staged next) throws IOException {
      long since = meters.now();
      stores.log().stage(next);
      meters.took(Meters.Part.STAGE, since);
      meters.group(next.entries().size());
    }

    @Override
    public Optional<Staged> staged() throws IOException {
      return stores.log().staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      long since = meters.now();
      stores.log().write(tiles);
      meters.took(Meters.Part.TILES, since);
    }

    @Override
    public Optional<Bytes> read(TilePath path) throws IOException {
      return stores.log().read(path);
    }
  }

  private final class Register implements CheckpointRegister {
    @Override
    public Optional<String> read() throws IOException {
      return stores.register().read();
    }

    @Override
    public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
      long since = meters.now();
      boolean set = stores.register().compareAndSet(expected, next);
      meters.took(Meters.Part.PUBLISH, since);
      return set;
    }
  }
}
