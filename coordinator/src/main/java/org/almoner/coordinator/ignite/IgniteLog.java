package org.almoner.coordinator.ignite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.cache.CacheException;
import org.almoner.coordinator.tile.WidestTile;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;

/**
 * Tiles and the one batch in flight, in two caches. Written by one thread, read by any.
 *
 * <p>A tile's row is its width, 2 octets big-endian, and its octets at that width; only the widest
 * version is kept.
 */
final class IgniteLog implements LogStore {
  private static final String BATCH = "staged";
  private static final String RESTORE = ": restore the store from a copy";

  private final IgniteCache<String, byte[]> tiles;
  private final IgniteCache<String, byte[]> batch;

  /**
   * Number of the batch that is held; empty as long as it was not read, or a write of it failed.
   */
  private OptionalLong epoch = OptionalLong.empty();

  /** Tiles at the right edge as they were written last: each commit widens the same few. */
  private final Map<String, WidestTile> edge = new HashMap<>();

  IgniteLog(IgniteCache<String, byte[]> tiles, IgniteCache<String, byte[]> batch) {
    this.tiles = tiles;
    this.batch = batch;
  }

  @Override
  public void stage(Staged next) throws IOException {
    if (epoch.isEmpty()) {
      Optional<Staged> held = staged();
      epoch = held.isPresent() ? OptionalLong.of(held.get().epoch()) : OptionalLong.of(-1);
    }
    if (epoch.getAsLong() >= next.epoch()) {
      throw new IOException("another writer staged batch " + next.epoch() + " or a later one");
    }
    epoch = OptionalLong.empty();
    try {
      batch.put(BATCH, next.encode());
      epoch = OptionalLong.of(next.epoch());
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store did not take batch " + next.epoch() + ": " + e, e);
    }
  }

  @Override
  public Optional<Staged> staged() throws IOException {
    try {
      byte[] octets = batch.get(BATCH);
      return octets == null ? Optional.empty() : Optional.of(Staged.parse(octets));
    } catch (LogRefused e) {
      throw new IOException(e.getMessage() + RESTORE, e);
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read the batch in flight: " + e, e);
    }
  }

  @Override
  public void write(Map<TilePath, Bytes> written) throws IOException {
    Map<String, WidestTile> widest = new HashMap<>();
    TreeMap<String, byte[]> rows = new TreeMap<>();
    for (Map.Entry<TilePath, Bytes> each : written.entrySet()) {
      WidestTile next = new WidestTile(each.getKey(), each.getValue());
      String key = key(each.getKey());
      WidestTile known = edge.get(key);
      Optional<WidestTile> before = known == null ? widest(each.getKey()) : Optional.of(known);
      WidestTile wide = before.isPresent() ? before.get().or(next) : next;
      widest.put(key, wide);
      rows.put(key, encode(wide));
    }
    edge.clear(); // Known again when the write has not failed.
    try {
      if (!rows.isEmpty()) {
        tiles.putAll(rows);
      }
      widest.forEach(this::keepAtEdge);
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store did not take " + rows.size() + " tiles: " + e, e);
    }
  }

  private void keepAtEdge(String key, WidestTile tile) {
    if (!tile.path().isFull()) {
      edge.put(key, tile);
    }
  }

  @Override
  public Optional<Bytes> read(TilePath path) throws IOException {
    Optional<WidestTile> widest = widest(path);
    return widest.isEmpty() ? Optional.empty() : widest.get().at(path);
  }

  private Optional<WidestTile> widest(TilePath path) throws IOException {
    try {
      byte[] row = tiles.get(key(path));
      return row == null ? Optional.empty() : Optional.of(decode(path, row));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read tile " + path + ": " + e, e);
    }
  }

  private static String key(TilePath path) {
    return path.full().toString();
  }

  private static byte[] encode(WidestTile tile) {
    ByteBuffer row = ByteBuffer.allocate(Short.BYTES + tile.octets().size());
    row.putShort((short) tile.path().width());
    tile.octets().putInto(row);
    return row.array();
  }

  private static WidestTile decode(TilePath at, byte[] row) throws IOException {
    if (row.length < Short.BYTES) {
      throw new IOException(at.full() + " is damaged: its row is cut short" + RESTORE);
    }
    int width = ByteBuffer.wrap(row).getShort() & 0xffff;
    Bytes octets = Bytes.of(Arrays.copyOfRange(row, Short.BYTES, row.length));
    try {
      TilePath path = new TilePath(at.level(), at.index(), width);
      // A row that says it is wider than it is would be read well, and found only by the next
      // write.
      if (path.isEntries()) {
        EntryBundle.parse(octets, width);
      } else {
        HashTile.parse(octets, width);
      }
      return new WidestTile(path, octets);
    } catch (IllegalArgumentException | MalformedTile e) {
      throw new IOException(at.full() + " is damaged: " + e.getMessage() + RESTORE, e);
    }
  }
}
