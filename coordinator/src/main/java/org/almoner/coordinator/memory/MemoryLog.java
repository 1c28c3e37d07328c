package org.almoner.coordinator.memory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.coordinator.tile.WidestTile;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/** Tiles and the batch in flight, in memory. */
public final class MemoryLog implements LogStore {
  private final Map<TilePath, WidestTile> tiles = new ConcurrentHashMap<>();
  private volatile Optional<Staged> staged = Optional.empty();

  @Override
  public void stage(Staged next) throws IOException {
    if (staged.filter(held -> held.epoch() >= next.epoch()).isPresent()) {
      throw new IOException("another writer staged batch " + next.epoch() + " or a later one");
    }
    staged = Optional.of(next);
  }

  @Override
  public Optional<Staged> staged() {
    return staged;
  }

  @Override
  public void write(Map<TilePath, Bytes> written) throws IOException {
    for (Map.Entry<TilePath, Bytes> each : written.entrySet()) {
      WidestTile next = new WidestTile(each.getKey(), each.getValue());
      WidestTile before = tiles.get(each.getKey().full());
      tiles.put(each.getKey().full(), before == null ? next : before.or(next));
    }
  }

  @Override
  public Optional<Bytes> read(TilePath path) throws IOException {
    WidestTile widest = tiles.get(path.full());
    return widest == null ? Optional.empty() : widest.at(path);
  }
}
