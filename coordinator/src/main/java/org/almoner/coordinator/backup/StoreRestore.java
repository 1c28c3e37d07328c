package org.almoner.coordinator.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.row.Images;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/** Makes a store of a copy again. */
public final class StoreRestore {
  private static final int ROWS_AT_ONCE = 1_000;
  private static final int TILES_AT_ONCE = 64;

  private final Path folder;

  /** Of the copy in {@code folder}. */
  public StoreRestore(Path folder) {
    this.folder = folder;
  }

  /** What a copy holds, once all of it was read and hashed. */
  public record Held(long rows, long batches) {}

  /** Reads rows and batches to the end, and checks that they are what was written. */
  public Held check(long epoch) throws IOException {
    long rows = 0;
    try (PieceFile.Reader in = rowFile()) {
      while (in.next().isPresent()) {
        rows++;
      }
    }
    long batches = 0;
    long last = -1;
    try (PieceFile.Reader in = stagedFile()) {
      for (Optional<PieceFile.Piece> each = in.next(); each.isPresent(); each = in.next()) {
        if (each.get().name().equals(StoreCopy.ROWS)) {
          continue;
        }
        Staged batch = batch(each.get());
        if (last >= 0 && batch.epoch() != last + 1) {
          throw new BackupFailed("batch " + (last + 1) + " is missing from the copy; use another");
        }
        last = batch.epoch();
        batches++;
      }
    }
    if (last < epoch) {
      throw new BackupFailed(
          "the copy's last batch is " + last + ", and its moment is " + epoch + "; use another");
    }
    return new Held(rows, batches);
  }

  /**
   * Fills empty stores.
   *
   * @param moment of the copy
   * @return rows that the store holds now
   */
  public long into(Stores stores, StoreCopy.Moment moment) throws IOException {
    if (stores.register().read().isPresent() || stores.log().staged().isPresent()) {
      throw new BackupFailed("the store to fill is not empty");
    }
    try (PieceFile.Reader in = rowFile()) {
      SortedMap<String, Bytes> some = new TreeMap<>();
      for (Optional<PieceFile.Piece> each = in.next(); each.isPresent(); each = in.next()) {
        some.put(each.get().name(), each.get().octets());
        if (some.size() >= ROWS_AT_ONCE) {
          stores.rows().putAll(some);
          some.clear();
        }
      }
      stores.rows().putAll(some);
    }
    Staged last = applyBatches(stores, moment.epoch());
    writeTiles(stores, moment.size());
    stores.log().stage(last);
    if (!stores.register().compareAndSet(Optional.empty(), moment.checkpoint())) {
      throw new BackupFailed("the store to fill is written by somebody else");
    }
    long[] count = new long[1];
    stores.rows().scan("", (key, value) -> count[0]++);
    return count[0];
  }

  /**
   * In the order in which it was written; from the first batch after the moment on it is left out.
   */
  private Staged applyBatches(Stores stores, long epoch) throws IOException {
    Optional<Staged> last = Optional.empty();
    boolean after = false;
    try (PieceFile.Reader in = stagedFile()) {
      for (Optional<PieceFile.Piece> each = in.next(); each.isPresent(); each = in.next()) {
        if (each.get().name().equals(StoreCopy.ROWS)) {
          if (!after) {
            stores.rows().putAll(Images.parse(each.get().octets()));
          }
          continue;
        }
        Staged batch = batch(each.get());
        after |= batch.epoch() > epoch;
        if (!after) {
          stores.rows().putAll(Images.parse(batch.rider()));
          last = Optional.of(batch);
        }
      }
    }
    return last.orElseThrow(() -> new BackupFailed("the copy holds no batch; use another"));
  }

  private void writeTiles(Stores stores, long size) throws IOException {
    TileDirectory source = new TileDirectory(folder);
    Map<TilePath, Bytes> some = new LinkedHashMap<>();
    for (int level = TilePath.ENTRIES; TilePath.count(level, size) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, size); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, size).orElseThrow();
        some.put(
            path,
            source
                .find(path)
                .orElseThrow(() -> new BackupFailed(path + " is missing from the copy")));
        if (some.size() >= TILES_AT_ONCE) {
          stores.log().write(some);
          some.clear();
        }
      }
    }
    stores.log().write(some);
  }

  private PieceFile.Reader rowFile() throws IOException {
    return new PieceFile.Reader(folder.resolve(StoreCopy.ROWS), StoreCopy.ROWS_KIND);
  }

  private PieceFile.Reader stagedFile() throws IOException {
    return new PieceFile.Reader(folder.resolve(StoreCopy.STAGED), StoreCopy.STAGED_KIND);
  }

  private static Staged batch(PieceFile.Piece piece) throws IOException {
    try {
      return Staged.parse(piece.octets().toArray());
    } catch (LogRefused e) {
      throw new BackupFailed("batch " + piece.name() + " of the copy: " + e.getMessage());
    }
  }
}
