package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.batch.Stopped;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/**
 * Brings back what was open when the coordinator stopped: its cost grows with open chunks and
 * leases out, not with what has ended or was never leased.
 */
final class Restart {
  private final RowStore store;
  private final Units units;
  private final Lents lents;
  private final Backlogs backlogs;

  Restart(RowStore store, Units units, Lents lents, Backlogs backlogs) {
    this.store = store;
    this.units = units;
    this.lents = lents;
    this.backlogs = backlogs;
  }

  void run(Batches batches) throws IOException {
    List<Batch> oldestFirst = new ArrayList<>(batches.newestFirst());
    oldestFirst.sort(Comparator.comparingLong(Batch::number));
    for (Batch batch : oldestFirst) {
      Optional<Bytes> row = store.get(Progress.key(batch.id()));
      Progress progress = row.isEmpty() ? new Progress(batch) : Progress.parse(batch, row.get());
      backlogs.open(new Backlog(batch, progress, new Waiting(batch.number() << 40)));
    }
    for (Map.Entry<BatchId, StopReason> stopped : Stopped.load(store).entrySet()) {
      Backlog backlog = backlogs.of(stopped.getKey());
      backlog.progress().stop(stopped.getValue());
      backlogs.close(backlog);
    }
    readChunks(batches);
    readLeases(batches);
    units.started();
    letWait();
  }

  private void readChunks(Batches batches) throws IOException {
    for (Map.Entry<String, Bytes> row : family(Chunk.OPEN).entrySet()) {
      String[] name = row.getKey().substring(Chunk.OPEN.length()).split("/", -1);
      BatchId id = BatchId.parseHex(name[0]);
      if (batches.isArchived(id)) {
        continue; // Its removal is going on.
      }
      Batch batch = backlogs.of(id).batch();
      long number = Long.parseLong(name[1], 16);
      int size = Chunk.sizeOf(number, batch.units());
      units.restore(Chunk.parse(batch.id(), number, size, row.getValue()));
    }
  }

  private void readLeases(Batches batches) throws IOException {
    for (Map.Entry<String, Bytes> row : family(Lent.FAMILY).entrySet()) {
      AgentId agent = AgentId.parseHex(row.getKey().substring(Lent.FAMILY.length()));
      Lent lent = Lent.parse(agent, row.getValue());
      for (OpenGrant grant : lent.grants()) {
        for (LeaseId lease : grant.leases()) {
          if (batches.isArchived(lease.batch())) {
            lent.returned(grant);
          } else {
            putBack(lent, grant, lease);
          }
        }
      }
      lents.restore(lent);
    }
  }

  /** A lease that a chunk does not say came back or expired is still out. */
  private void putBack(Lent lent, OpenGrant grant, LeaseId lease) throws IOException {
    Backlog backlog = backlogs.of(lease.batch());
    Optional<Chunk> chunk = units.openAtStart(store, backlog.batch(), lease.unit());
    if (chunk.isEmpty()) {
      lent.returned(grant);
      return;
    }
    Unit unit = chunk.get().findOrAdd(lease.unit());
    if (unit.replica(lease.replica()).isPresent()) {
      lent.returned(grant);
    } else {
      unit.restore(lease.replica(), grant, grant.plan(lease).engine());
      backlog.progress().lease();
    }
  }

  private void letWait() {
    List<Chunk> chunks = new ArrayList<>(units.openChunks());
    chunks.sort(Comparator.comparing(Chunk::batch).thenComparingLong(Chunk::number));
    for (Chunk chunk : chunks) {
      chunk.units().forEach(unit -> backlogs.waitAgain(backlogs.of(chunk.batch()), unit));
    }
  }

  private NavigableMap<String, Bytes> family(String prefix) throws IOException {
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(prefix, rows::put);
    return rows;
  }
}
