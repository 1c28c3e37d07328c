package org.almoner.agent.world;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/** A log kept in memory. */
final class MemoryStore implements LogStore, CheckpointRegister {
  private final Map<TilePath, Bytes> tiles = new ConcurrentHashMap<>();
  private Optional<Staged> staged = Optional.empty();
  private Optional<String> note = Optional.empty();

  @Override
  public void stage(Staged next) {
    staged = Optional.of(next);
  }

  @Override
  public Optional<Staged> staged() {
    return staged;
  }

  @Override
  public void write(Map<TilePath, Bytes> written) {
    tiles.putAll(written);
  }

  @Override
  public Optional<Bytes> read(TilePath path) {
    return Optional.ofNullable(tiles.get(path));
  }

  @Override
  public Optional<String> read() {
    return note;
  }

  @Override
  public boolean compareAndSet(Optional<String> expected, String next) {
    if (!note.equals(expected)) {
      return false;
    }
    note = Optional.of(next);
    return true;
  }
}
