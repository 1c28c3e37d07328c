package org.almoner.coordinator;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/** Stores whose n-th write fails: before it is done, half done, or when it was done. */
final class FaultyStores {
  /** How far a failing write gets. */
  enum Reach {
    NOTHING,
    HALF,
    ALL
  }

  private final Stores whole;
  private final KeyShelf keys;
  private int left = Integer.MAX_VALUE;
  private Reach reach = Reach.NOTHING;

  FaultyStores(Stores whole, KeyShelf keys) {
    this.whole = whole;
    this.keys = keys;
  }

  /** Lets the n-th write from now on fail, n from 1. */
  void failAt(int n, Reach howFar) {
    left = n;
    reach = howFar;
  }

  /** Lets all writes succeed again; returns whether one has failed. */
  boolean heal() {
    boolean failed = left <= 0;
    left = Integer.MAX_VALUE;
    return failed;
  }

  interface Write {
    void run() throws IOException;
  }

  synchronized void write(Write half, Write all) throws IOException {
    left--;
    if (left > 0) {
      all.run();
      return;
    }
    if (left == 0 && reach == Reach.HALF) {
      half.run();
    } else if (left == 0 && reach == Reach.ALL) {
      all.run();
    }
    throw new IOException("the disk is gone");
  }

  private static final Write NONE = () -> {};

  KeyShelf keys() {
    return new Shelf();
  }

  Stores stores() {
    return new Stores(new Rows(), new Log(), new Register());
  }

  private final class Rows implements RowStore {
    @Override
    public void putAll(SortedMap<String, Bytes> rows) throws IOException {
      SortedMap<String, Bytes> half = new TreeMap<>();
      rows.forEach(
          (key, row) -> {
            if (half.size() < rows.size() / 2) {
              half.put(key, row);
            }
          });
      write(() -> whole.rows().putAll(half), () -> whole.rows().putAll(rows));
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      return whole.rows().get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      whole.rows().scan(prefix, each);
    }
  }

  private final class Log implements LogStore {
    @Override
    public void stage(Staged staged) throws IOException {
      FaultyStores.this.write(NONE, () -> whole.log().stage(staged));
    }

    @Override
    public Optional<Staged> staged() throws IOException {
      return whole.log().staged();
    }

    @Override
    public void write(Map<TilePath, Bytes> tiles) throws IOException {
      Map<TilePath, Bytes> half = new TreeMap<>();
      tiles.forEach(
          (path, octets) -> {
            if (half.size() < tiles.size() / 2) {
              half.put(path, octets);
            }
          });
      FaultyStores.this.write(() -> whole.log().write(half), () -> whole.log().write(tiles));
    }

    @Override
    public Optional<Bytes> read(TilePath path) throws IOException {
      return whole.log().read(path);
    }
  }

  private final class Register implements CheckpointRegister {
    @Override
    public Optional<String> read() throws IOException {
      return whole.register().read();
    }

    @Override
    public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
      boolean[] done = new boolean[1];
      FaultyStores.this.write(NONE, () -> done[0] = whole.register().compareAndSet(expected, next));
      return done[0];
    }
  }

  private final class Shelf implements KeyShelf {
    @Override
    public Optional<Bytes> read() throws IOException {
      return keys.read();
    }

    @Override
    public void append(Bytes octets) throws IOException {
      Bytes half = Bytes.of(Arrays.copyOf(octets.toArray(), octets.size() / 2));
      FaultyStores.this.write(() -> keys.append(half), () -> keys.append(octets));
    }

    @Override
    public void replace(Bytes octets) throws IOException {
      FaultyStores.this.write(NONE, () -> keys.replace(octets));
    }
  }
}
