package org.almoner.coordinator.ignite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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
 * Tiles and the one batch in flight, in two caches.
 *
 * <p>A tile's row is its width, 2 octets big-endian, and its octets at that width; only the widest
 * version is kept.
 */
final class IgniteLog implements LogStore {
  private static final String BATCH = "staged";
  private static final String RESTORE = ": restore the store from a copy";

  private final IgniteCache<String, byte[]> tiles;
  private final IgniteCache<String, byte[]> batch;

  IgniteLog(IgniteCache<String, byte[]> tiles, IgniteCache<String, byte[]> batch) {
    this.tiles = tiles;
    this.batch = batch;
  }

  @Override
  public void stage(Staged next) throws IOException {
    Optional<Staged> held = staged();
    if (held.filter(before -> before.epoch() >= next.epoch()).isPresent()) {
      throw new IOException("another writer staged batch " + next.epoch() + " or a later one");
    }
    try {
      batch.put(BATCH, next.encode());
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
    TreeMap<String, byte[]> rows = new TreeMap<>();
    for (Map.Entry<TilePath, Bytes> each : written.entrySet()) {
      WidestTile next = new WidestTile(each.getKey(), each.getValue());
      Optional<WidestTile> before = widest(each.getKey());
      WidestTile widest = before.isPresent() ? before.get().or(next) : next;
      rows.put(key(widest.path()), encode(widest));
    }
    try {
      if (!rows.isEmpty()) {
        tiles.putAll(rows);
      }
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store did not take " + rows.size() + " tiles: " + e, e);
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
    return ByteBuffer.allocate(Short.BYTES + tile.octets().size())
        .putShort((short) tile.path().width())
        .put(tile.octets().toArray())
        .array();
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
