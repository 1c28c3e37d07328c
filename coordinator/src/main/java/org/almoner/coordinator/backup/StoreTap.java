package org.almoner.coordinator.backup;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/**
 * Stands between a coordinator and its stores and, while a copy is being made, passes on a second
 * time what is staged and published. The writer waits for nobody here.
 */
public final class StoreTap {
  /** Takes what passes, on the writer's thread: must be quick, and never wait. */
  interface Tap {
    /** Rows are written. */
    void wrote(SortedMap<String, Bytes> rows);

    /** A batch is durable; its rows are not written yet. */
    void staged(Staged batch);

    /** A checkpoint is in the register. */
    void published(String note);

    /** It failed at one of these; it hears no more, and whoever is heard goes on. */
    void failed(RuntimeException why);
  }

  private static final Tap NONE =
      new Tap() {
        @Override
        public void wrote(SortedMap<String, Bytes> rows) {}

        @Override
        public void staged(Staged batch) {}

        @Override
        public void published(String note) {}

        @Override
        public void failed(RuntimeException why) {}
      };

  private final Stores stores;
  private final Stores tapped;

  /** Held shared while something is written: whoever begins to listen misses no half of it. */
  private final ReadWriteLock writing = new ReentrantReadWriteLock();

  private volatile Tap tap = NONE;

  /** Between {@code stores} and whoever uses {@link #stores}. */
  public StoreTap(Stores stores) {
    this.stores = stores;
    this.tapped = new Stores(new Rows(), new Log(), new Register());
  }

  /** The stores for the coordinator. */
  public Stores stores() {
    return tapped;
  }

  /** Where a copy reads; from now on it hears whatever is written. */
  Stores listen(Tap listener) {
    writing.writeLock().lock();
    try {
      this.tap = listener;
    } finally {
      writing.writeLock().unlock();
    }
    return stores;
  }

  /** Once this returns, nobody is in the middle of telling. */
  void hearNoMore() {
    writing.writeLock().lock();
    try {
      this.tap = NONE;
    } finally {
      writing.writeLock().unlock();
    }
  }

  /** A copy that fails must not stop the coordinator. */
  private void tell(Consumer<Tap> what) {
    Tap now = tap;
    try {
      what.accept(now);
    } catch (RuntimeException e) {
      this.tap = NONE;
      now.failed(e);
    }
  }

  private final class Rows implements RowStore {
    @Override
    public void putAll(SortedMap<String, Bytes> rows) throws IOException {
      writing.readLock().lock();
      try {
        stores.rows().putAll(rows);
        tell(to -> to.wrote(rows));
      } finally {
        writing.readLock().unlock();
      }
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
      writing.readLock().lock();
      try {
        stores.log().stage(next);
        tell(to -> to.staged(next));
      } finally {
        writing.readLock().unlock();
      }
    }

    @Override
    public Optional<Staged> staged() throws IOException {
      return stores.log().staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      stores.log().write(tiles);
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
      boolean set = stores.register().compareAndSet(expected, next);
      if (set) {
        tell(to -> to.published(next));
      }
      return set;
    }
  }
}
