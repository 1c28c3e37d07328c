package org.almoner.coordinator.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.row.Images;
import org.almoner.ledger.append.DurableFiles;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/**
 * A copy of a store that goes on being written.
 *
 * <p>Rows are read one by one while they change, so that what is read is of no single moment.
 * Meanwhile everything that is written, and every batch that is staged, is kept beside them, in its
 * order: whole rows, and each row that was read is at most as new as the last batch staged when the
 * reading ended. So the rows, overwritten by what was kept, are those of the moment at which a
 * later batch, or that one, was published: the copy's moment. The log needs no such care, since
 * what is below a checkpoint never changes.
 */
public final class StoreCopy implements AutoCloseable {
  /** File of the rows as they were read. */
  static final String ROWS = "rows";

  /** File of what was written and staged meanwhile. */
  static final String STAGED = "staged";

  /** File of the checkpoint. */
  static final String CHECKPOINT = "checkpoint";

  static final String ROWS_KIND = "almoner rows v1";
  static final String STAGED_KIND = "almoner staged batches v1";

  /** Octets of batches that may wait for the copy's disk; with more it is given up. 64 MiB. */
  static final long WAITING_OCTETS_MAX = 64L << 20;

  /** Longest wait for the batch at work to be published. */
  static final Duration MOMENT_MAX = Duration.ofMinutes(1);

  private static final int TILES_AT_ONCE = 256;
  private static final int TELL_EVERY = 1_000;

  private final StoreTap tap;
  private final Stores stores;
  private final Path folder;
  private final PieceFile.Writer batches;
  private final Heard heard;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong entries = new AtomicLong();
  private volatile long size = -1;

  /**
   * The moment of a copy.
   *
   * @param epoch number of the last batch in it
   * @param checkpoint the signed note of the log at that moment
   * @param size entries of the log
   */
  public record Moment(long epoch, String checkpoint, long size) {}

  /** Begins to listen, and makes the folder. */
  public StoreCopy(StoreTap tap, Path folder) throws IOException {
    this.tap = tap;
    this.folder = folder;
    Files.createDirectories(folder);
    this.batches = new PieceFile.Writer(folder.resolve(STAGED), STAGED_KIND);
    this.heard = new Heard(batches);
    this.stores = tap.listen(heard);
    try {
      heard.begin(stores);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Reads all rows.
   *
   * @param told now and then, so that somebody may look how far it is
   */
  public void copyRows(Runnable told) throws IOException {
    try (PieceFile.Writer out = new PieceFile.Writer(folder.resolve(ROWS), ROWS_KIND)) {
      stores
          .rows()
          .scan(
              "",
              (key, value) -> {
                try {
                  out.add(key, value.toArray());
                  if (rows.incrementAndGet() % TELL_EVERY == 0) {
                    told.run();
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      out.end();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Chooses the moment, once all rows were read: when the last batch staged until now is published.
   * Then nothing more is heard.
   */
  public Moment choose() throws IOException {
    try {
      Moment moment = heard.moment().get(MOMENT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      size = moment.size();
      return moment;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupFailed("the copy was interrupted");
    } catch (TimeoutException e) {
      throw new BackupFailed("the batch at work was not published within a minute; see /readyz");
    } catch (ExecutionException e) {
      throw new BackupFailed(String.valueOf(e.getMessage()));
    } finally {
      tap.hearNoMore();
    }
  }

  /**
   * Writes down the batches and the log of the moment.
   *
   * @param told now and then
   */
  public void copyLog(Moment moment, Runnable told) throws IOException {
    heard.finish();
    Map<Path, byte[]> tiles = new LinkedHashMap<>();
    for (int level = TilePath.ENTRIES; TilePath.count(level, moment.size()) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, moment.size()); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, moment.size()).orElseThrow();
        tiles.put(folder.resolve(path.toString()).toAbsolutePath(), tile(path).toArray());
        if (tiles.size() >= TILES_AT_ONCE) {
          DurableFiles.write(tiles);
          tiles.clear();
          told.run();
        }
        if (level == TilePath.ENTRIES) {
          entries.set(Math.min(moment.size(), item + TilePath.FULL));
        }
      }
    }
    tiles.put(
        folder.resolve(CHECKPOINT).toAbsolutePath(),
        moment.checkpoint().getBytes(StandardCharsets.UTF_8));
    DurableFiles.write(tiles);
  }

  private Bytes tile(TilePath path) throws IOException {
    return stores
        .log()
        .find(path)
        .orElseThrow(() -> new BackupFailed(path + " is missing from the store"));
  }

  /** Rows that were read so far. */
  public long rows() {
    return rows.get();
  }

  /** Entries of the log that were copied so far. */
  public long entries() {
    return entries.get();
  }

  /** Entries there are to copy; negative before the moment is chosen. */
  public long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    tap.hearNoMore();
    heard.close();
    batches.close();
  }

  /** What passed since the copy began. The writer hands batches over and never waits. */
  private static final class Heard implements StoreTap.Tap {
    /** What is kept in memory of a batch. */
    private record Seen(long epoch, long endIndex) {}

    private final PieceFile.Writer out;
    private final ExecutorService writing =
        Executors.newSingleThreadExecutor(work -> new Thread(work, "backup-batches"));
    private final AtomicLong waiting = new AtomicLong();
    private final Deque<Seen> batches = new ArrayDeque<>();
    private final CompletableFuture<Moment> moment = new CompletableFuture<>();
    private String note = "";

    /** The moment's batch must be at least this late; negative while rows are still read. */
    private long notBefore = -1;

    Heard(PieceFile.Writer out) {
      this.out = out;
    }

    /** The batch that may be at work just now is kept too. */
    synchronized void begin(Stores stores) throws IOException {
      String now =
          stores.register().read().orElseThrow(() -> new BackupFailed("there is no log yet"));
      Staged last =
          stores.log().staged().orElseThrow(() -> new BackupFailed("there is no log yet"));
      if (note.isEmpty()) {
        note = now;
      }
      staged(last);
    }

    @Override
    public synchronized void staged(Staged batch) {
      if (moment.isDone() || (!batches.isEmpty() && batches.getLast().epoch() >= batch.epoch())) {
        return;
      }
      batches.addLast(new Seen(batch.epoch(), batch.endIndex()));
      keep(Long.toString(batch.epoch()), batch.encode());
    }

    /** Some rows are written ahead of their batch and not staged with it, so all are kept. */
    @Override
    public synchronized void wrote(SortedMap<String, Bytes> rows) {
      if (!moment.isDone() && !rows.isEmpty()) {
        keep(ROWS, Images.encode(rows).toArray());
      }
    }

    private void keep(String name, byte[] piece) {
      long octets = piece.length;
      if (waiting.addAndGet(octets) > WAITING_OCTETS_MAX) {
        moment.completeExceptionally(
            new BackupFailed("the disk of the copy is too slow for what is written meanwhile"));
        return;
      }
      writing.execute(
          () -> {
            try {
              out.add(name, piece);
            } catch (IOException e) {
              moment.completeExceptionally(e);
            }
            waiting.addAndGet(-octets);
          });
    }

    @Override
    public synchronized void published(String next) {
      note = next;
      decide();
    }

    @Override
    public void failed(RuntimeException why) {
      moment.completeExceptionally(new BackupFailed("what was written meanwhile was lost: " + why));
    }

    synchronized CompletableFuture<Moment> moment() {
      notBefore = batches.isEmpty() ? 0 : batches.getLast().epoch();
      decide();
      return moment;
    }

    /** The last batch that the newest checkpoint covers, once that is late enough. */
    private void decide() {
      if (notBefore < 0 || moment.isDone()) {
        return;
      }
      try {
        long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
        batches.stream()
            .filter(batch -> batch.endIndex() == size && batch.epoch() >= notBefore)
            .reduce((first, second) -> second)
            .ifPresent(batch -> moment.complete(new Moment(batch.epoch(), note, size)));
      } catch (MalformedNote | MalformedCheckpoint e) {
        moment.completeExceptionally(e);
      }
    }

    /** Ends the file, with all that was heard. */
    void finish() throws IOException {
      close();
      if (moment.isCompletedExceptionally()) {
        throw new BackupFailed("the batches could not be kept");
      }
      out.end();
    }

    void close() throws IOException {
      writing.shutdown();
      try {
        if (!writing.awaitTermination(MOMENT_MAX.toSeconds(), TimeUnit.SECONDS)) {
          throw new BackupFailed("the disk of the copy does not take what was written meanwhile");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackupFailed("the copy was interrupted");
      }
    }
  }
}
