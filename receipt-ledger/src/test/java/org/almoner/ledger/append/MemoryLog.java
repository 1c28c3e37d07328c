package org.almoner.ledger.append;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;

/** A store and a register in memory that can fail before, inside or after any of their writes. */
public final class MemoryLog implements LogStore, CheckpointRegister {
  /** What a store may keep of partial tiles. */
  public enum Keeping {
    /** Every tile under its own path; partial ones go when the full one comes. */
    EXACT,
    /** Only the widest version of each tile, from which the others are cut. */
    WIDEST
  }

  /** The moment of the next failure. */
  public static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    Failure(int step) {
      super("failure at step " + step);
    }
  }

  private final Keeping keeping;
  private final Map<TilePath, Bytes> tiles = new TreeMap<>();
  private Optional<byte[]> staged = Optional.empty();
  private Optional<String> note = Optional.empty();
  private int step;
  private int failAt = Integer.MAX_VALUE;

  public MemoryLog(Keeping keeping) {
    this.keeping = keeping;
  }

  /** Fails at the n-th step from now, once. */
  public void failAt(int n) {
    step = 0;
    failAt = n;
  }

  private void step() throws Failure {
    if (step++ == failAt) {
      throw new Failure(failAt);
    }
  }

  /** An independent copy, as a backup would be. */
  public MemoryLog copy() {
    MemoryLog copy = new MemoryLog(keeping);
    copy.tiles.putAll(tiles);
    copy.staged = staged;
    copy.note = note;
    return copy;
  }

  public Map<TilePath, Bytes> tiles() {
    return tiles;
  }

  public void forgetStaged() {
    staged = Optional.empty();
  }

  public void setNote(Optional<String> other) {
    note = other;
  }

  @Override
  public synchronized void stage(Staged batch) throws IOException {
    step();
    Optional<Staged> held = staged();
    if (held.isPresent() && held.get().epoch() >= batch.epoch()) {
      throw new IOException("batch " + held.get().epoch() + " is already staged");
    }
    staged = Optional.of(batch.encode());
    step();
  }

  @Override
  public synchronized Optional<Staged> staged() throws IOException {
    try {
      return staged.isEmpty() ? Optional.empty() : Optional.of(Staged.parse(staged.get()));
    } catch (LogRefused e) {
      throw new IOException(e);
    }
  }

  @Override
  public synchronized void write(Map<TilePath, Bytes> more) throws IOException {
    for (Map.Entry<TilePath, Bytes> tile : new HashMap<>(more).entrySet()) {
      step();
      write(tile.getKey(), tile.getValue());
    }
    step();
  }

  private void write(TilePath path, Bytes octets) throws IOException {
    Optional<Bytes> held = read(path);
    if (held.isPresent()) {
      if (!held.get().equals(octets)) {
        throw new IOException(path + " is already there with other octets");
      }
      return;
    }
    if (keeping == Keeping.WIDEST || path.isFull()) {
      tiles
          .keySet()
          .removeIf(other -> other.full().equals(path.full()) && other.width() < path.width());
    }
    tiles.put(path, octets);
  }

  @Override
  public synchronized Optional<Bytes> read(TilePath path) throws IOException {
    if (keeping == Keeping.EXACT) {
      return Optional.ofNullable(tiles.get(path));
    }
    for (Map.Entry<TilePath, Bytes> tile : tiles.entrySet()) {
      boolean same = tile.getKey().full().equals(path.full());
      if (same && tile.getKey().width() >= path.width()) {
        try {
          return Optional.of(TileSource.cut(path, tile.getValue()));
        } catch (MalformedTile e) {
          throw new IOException(e);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized Optional<String> read() {
    return note;
  }

  @Override
  public synchronized boolean compareAndSet(Optional<String> expected, String next)
      throws IOException {
    step();
    if (!note.equals(expected)) {
      return false;
    }
    note = Optional.of(next);
    step();
    return true;
  }
}
