package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.row.Gone;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/** Units that were leased: those of open chunks in memory, the others in their rows. */
final class Units {
  private final Map<Name, Chunk> open = new HashMap<>();

  /** Ended chunks met while leases are put back after a start. */
  private final Set<Name> endedAtStart = new HashSet<>();

  private record Name(BatchId batch, long number) {}

  /** Takes an open chunk as it was read at the start. */
  void restore(Chunk chunk) {
    open.put(new Name(chunk.batch(), chunk.number()), chunk);
  }

  /** The open chunk of a unit, made when it was never written; nothing when it has ended. */
  Optional<Chunk> openAtStart(RowStore store, Batch batch, long unit) throws IOException {
    Name name = new Name(batch.id(), Chunk.numberOf(unit));
    Chunk known = open.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (endedAtStart.contains(name)) {
      return Optional.empty();
    }
    if (store.get(Chunk.ENDED + Chunk.name(batch.id(), name.number())).isPresent()) {
      endedAtStart.add(name);
      return Optional.empty();
    }
    return Optional.of(chunkOf(batch, unit));
  }

  /** Ends the time of putting back. */
  void started() {
    endedAtStart.clear();
  }

  /** Forgets the batch's chunks; what this group still asks of them is read from their rows. */
  void forget(Group group, BatchId batch) {
    for (Chunk chunk : openChunks()) {
      if (chunk.batch().equals(batch)) {
        group.touch(chunk.endedRow());
      }
    }
    open.keySet().removeIf(name -> name.batch().equals(batch));
  }

  /** All chunks in memory. */
  Collection<Chunk> openChunks() {
    List<Chunk> chunks = new ArrayList<>(open.values());
    return chunks;
  }

  /** Whether a unit of the batch that was leased has not ended, or is asked about again. */
  boolean isOpen(BatchId batch) {
    return open.values().stream()
        .filter(chunk -> chunk.batch().equals(batch))
        .flatMap(chunk -> chunk.units().stream())
        .anyMatch(unit -> !unit.hasEnded());
  }

  /** The chunk of a unit that has not ended, made when the unit is the first of it. */
  Chunk chunkOf(Batch batch, long unit) {
    long number = Chunk.numberOf(unit);
    return open.computeIfAbsent(
        new Name(batch.id(), number),
        name -> new Chunk(batch.id(), number, Chunk.sizeOf(number, batch.units())));
  }

  /**
   * The chunk of a unit that has not ended, or ends just now.
   *
   * @throws IllegalStateException when it has ended before: an empty one in its place would hide it
   */
  Chunk openChunk(Batch batch, long unit) {
    Chunk chunk = open.get(new Name(batch.id(), Chunk.numberOf(unit)));
    if (chunk == null) {
      throw new IllegalStateException("the chunk of unit " + unit + " has ended");
    }
    return chunk;
  }

  /**
   * The chunk of a unit that was leased, put back among the open ones when it had ended.
   *
   * @throws IllegalStateException when the unit was never leased
   */
  Chunk reopen(Group group, Batch batch, long unit) throws IOException {
    long number = Chunk.numberOf(unit);
    Name name = new Name(batch.id(), number);
    Chunk known = open.get(name);
    if (known != null) {
      return known;
    }
    String key = Chunk.endedKey(batch.id(), number);
    Bytes ended =
        group
            .octets(key)
            .orElseThrow(() -> new IllegalStateException("unit " + unit + " was never leased"));
    Chunk chunk = Chunk.parse(batch.id(), number, Chunk.sizeOf(number, batch.units()), ended);
    open.put(name, chunk);
    group.touch(chunk);
    group.touch(new Gone(key));
    return chunk;
  }

  /** A unit that was leased, wherever it stands. */
  Optional<Unit> find(Group group, Batch batch, long unit) throws IOException {
    if (unit >= batch.units()) {
      return Optional.empty();
    }
    long number = Chunk.numberOf(unit);
    Chunk chunk = open.get(new Name(batch.id(), number));
    if (chunk != null) {
      return chunk.find(unit);
    }
    Optional<Bytes> ended = group.octets(Chunk.ENDED + Chunk.name(batch.id(), number));
    if (ended.isEmpty()) {
      return Optional.empty();
    }
    int size = Chunk.sizeOf(number, batch.units());
    return Chunk.parse(batch.id(), number, size, ended.get()).find(unit);
  }

  /** Has the chunk written, and moved when its last unit has ended. */
  void changed(Group group, Chunk chunk) {
    group.touch(chunk);
    if (chunk.ended()) {
      group.touch(chunk.endedRow());
      open.remove(new Name(chunk.batch(), chunk.number()));
    }
  }
}
