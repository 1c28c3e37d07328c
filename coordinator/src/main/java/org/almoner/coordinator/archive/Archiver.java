package org.almoner.coordinator.archive;

import java.io.IOException;
import java.util.Optional;
import org.almoner.coordinator.batch.Archived;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.batch.Stopped;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.dispatch.Chunk;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.row.Gone;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.settlement.Settled;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * Moves a batch that is over out of the store: first its archive is written and durable, then one
 * group commit says so, then its rows are removed, some at a time. Killed in between, it goes on or
 * begins again; nothing is ever in neither place.
 */
public final class Archiver {
  /** Rows of units removed by one group commit. */
  static final int REMOVED_MAX = 500;

  private final RowStore store;
  private final ArchiveShelf shelf;
  private final Batches batches;
  private final Dispatch dispatch;
  private final long afterMs;

  /**
   * Moves rows from {@code store} to {@code shelf}.
   *
   * @param afterMs how long after its last line a batch stays, in milliseconds: as long as its
   *     units can be run again when a computer that was believed alone is caught
   */
  public Archiver(
      RowStore store, ArchiveShelf shelf, Batches batches, Dispatch dispatch, long afterMs) {
    this.store = store;
    this.shelf = shelf;
    this.batches = batches;
    this.dispatch = dispatch;
    this.afterMs = afterMs;
  }

  /**
   * An archive that is written and not yet in force.
   *
   * @param tally the batch's counts as the archive has them
   */
  public record Written(Batch batch, ArchiveShelf.Kept kept, Bytes tally, long chunks) {}

  /** Something of the batch may still change. */
  private static final class NotOver extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Whether nobody can bring back anything of a batch that {@link #looksOver}, on the writer's
   * thread, and it has been at hand for long enough; once true, it stays so.
   */
  public boolean mayBegin(Group group, BatchId id) throws IOException {
    dispatch.expire(group);
    return dispatch.view(id).filter(Archiver::looksOver).isPresent()
        && !dispatch.isLent(id)
        && dispatch.lastLineMs(id) + afterMs <= group.nowMs();
  }

  /** Whether the batch looks over: nothing of it is leased any more. */
  public static boolean looksOver(BatchView view) {
    return view.done() && view.leased() == 0 && !view.starter();
  }

  /**
   * Writes the archive of a batch for which it {@link #mayBegin}, on any thread; nothing when a
   * line of it is not settled yet.
   */
  public Optional<Written> write(BatchId id) throws IOException {
    Optional<Batch> batch = batches.find(id);
    Optional<Bytes> tally = store.get(Progress.key(id));
    if (batch.isEmpty() || tally.isEmpty()) {
      return Optional.empty();
    }
    long next = Progress.parse(batch.get(), tally.get()).next();
    try {
      ArchiveShelf.Kept kept = shelf.keep(id, sink -> rows(batch.get(), tally.get(), next, sink));
      long chunks = (next + Chunk.UNITS - 1) / Chunk.UNITS;
      return Optional.of(new Written(batch.get(), kept, tally.get(), chunks));
    } catch (NotOver e) {
      return Optional.empty();
    }
  }

  private void rows(Batch batch, Bytes tally, long next, ArchiveShelf.Sink sink)
      throws IOException {
    sink.row(batch.key(), batch.image());
    sink.row(Progress.key(batch.id()), tally);
    Settled settled = new Settled(store);
    new UnitReader(store)
        .chunks(
            batch,
            next,
            (key, row, units) -> {
              for (Unit unit : units) {
                requireOver(unit, settled);
              }
              sink.row(key, row);
            });
  }

  private static void requireOver(Unit unit, Settled settled) throws IOException {
    if (!unit.hasEnded()) {
      throw new NotOver();
    }
    for (Replica replica : unit.replicas()) {
      if (replica.state() == Replica.State.LOGGED
          && settled.outcome(replica.leaf()) == Outcome.NONE) {
        throw new NotOver();
      }
    }
  }

  /**
   * Puts a written archive in the place of the batch's rows, on the writer's thread; not when
   * anything changed meanwhile.
   */
  public Optional<Archived> retire(Group group, Written written) throws IOException {
    BatchId id = written.batch().id();
    Optional<BatchView> view = dispatch.view(id).filter(Archiver::looksOver);
    boolean changed = group.octets(Progress.key(id)).filter(written.tally()::equals).isEmpty();
    if (view.isEmpty() || changed || dispatch.isOpen(id)) {
      return Optional.empty();
    }
    Archived archived =
        new Archived(
            view.get(), written.batch().number(), written.kept().digest(), written.chunks(), 0);
    group.touch(new Gone(Batch.key(id)));
    group.touch(new Gone(Progress.key(id)));
    group.touch(new Gone(Stopped.key(id)));
    batches.retire(group, archived);
    dispatch.forget(group, id);
    return Optional.of(archived);
  }

  /**
   * Removes some rows of an archived batch, on the writer's thread.
   *
   * @return whether more are left
   */
  public boolean removeSome(Group group, BatchId id) throws IOException {
    Optional<Archived> archived = batches.archived(id).filter(Archived::hasRows);
    if (archived.isEmpty()) {
      return false;
    }
    long from = archived.get().removed();
    long to = Math.min(archived.get().chunks(), from + REMOVED_MAX);
    for (long chunk = from; chunk < to; chunk++) {
      group.touch(new Gone(Chunk.endedKey(id, chunk)));
      String open = Chunk.openKey(id, chunk);
      if (group.octets(open).isPresent()) {
        group.touch(new Gone(open));
      }
    }
    Archived less = archived.get().removedTo(to);
    batches.retire(group, less);
    return less.hasRows();
  }
}
