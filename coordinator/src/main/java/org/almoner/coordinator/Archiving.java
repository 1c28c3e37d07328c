package org.almoner.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.almoner.coordinator.archive.Archiver;
import org.almoner.coordinator.archive.Archiver.Written;
import org.almoner.coordinator.batch.Archived;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.writer.Writer;
import org.almoner.protocol.lease.BatchId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives batches that are over, one after the other, on a thread of its own: an archive of a
 * million units takes a while, and nobody waits for it.
 */
final class Archiving implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Archiving.class);
  private static final long CLOSE_SECONDS_MAX = 5;

  private final Archiver archiver;
  private final Batches batches;
  private final Writer writer;
  private final Supplier<List<BatchView>> views;
  private final AtomicBoolean atWork = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "almoner-archive");
            made.setDaemon(true);
            return made;
          });

  Archiving(Archiver archiver, Batches batches, Writer writer, Supplier<List<BatchView>> views) {
    this.archiver = archiver;
    this.batches = batches;
    this.writer = writer;
    this.views = views;
  }

  /** Begins, unless it is at work. */
  void begin() {
    if (atWork.compareAndSet(false, true)) {
      var unused = run().whenComplete(this::tellOperator);
    }
  }

  /** Archives all that is over; tells how many batches. */
  CompletableFuture<Integer> run() {
    return CompletableFuture.supplyAsync(this::archive, thread);
  }

  private void tellOperator(@Nullable Integer archived, @Nullable Throwable failure) {
    atWork.set(false);
    if (failure != null && writer.stopped().isEmpty()) {
      LOG.atError().setCause(failure).log("archiving failed and will be tried again");
    } else if (archived != null && archived > 0) {
      LOG.atInfo().addKeyValue("batches", archived).log("archived what was over");
    }
  }

  private int archive() {
    batches.archivedNewestFirst().stream().filter(Archived::hasRows).forEach(this::removeRows);
    int count = 0;
    for (BatchView view : views.get()) {
      if (Archiver.looksOver(view) && !batches.isArchived(view.id())) {
        count += archive(view.id()) ? 1 : 0;
      }
    }
    return count;
  }

  private boolean archive(BatchId id) {
    if (!writer.submit(group -> archiver.mayBegin(group, id)).join()) {
      return false;
    }
    Optional<Written> written;
    try {
      written = archiver.write(id);
    } catch (IOException e) {
      throw new UncheckedIOException("batch " + id + " cannot be archived", e);
    }
    Optional<Archived> archived =
        written.flatMap(w -> writer.submit(group -> archiver.retire(group, w)).join());
    archived.ifPresent(this::removeRows);
    return archived.isPresent();
  }

  private void removeRows(Archived archived) {
    boolean more = true;
    while (more) {
      more = writer.submit(group -> archiver.removeSome(group, archived.batch())).join();
    }
  }

  /** What is being written is given up, and begun again after the next start. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.atWarn().log("an archive is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
