package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;

/** The newest end of the public log. For any thread; what was read is kept until the log grows. */
public final class PublicLog {
  /** Most entries shown. */
  public static final int LINES_MAX = 8;

  private static final String PREFIX = "/log/";

  private final LatestCheckpoint checkpoint;
  private final LogReader reader;
  private List<LogLine> newest = List.of();
  private long newestOf = -1;

  /** Reads entries from {@code tiles}, up to {@code checkpoint}. */
  public PublicLog(LatestCheckpoint checkpoint, TileSource tiles) {
    this.checkpoint = checkpoint;
    this.reader = new LogReader(tiles, 1);
  }

  LatestCheckpoint checkpoint() {
    return checkpoint;
  }

  /** The last entries of a log of {@code size}, newest first. */
  synchronized List<LogLine> newest(long size) throws IOException {
    if (size != newestOf) {
      List<LogLine> lines = new ArrayList<>();
      for (long index = size - 1; index >= 0 && lines.size() < LINES_MAX; index--) {
        Optional<TilePath> bundle = TilePath.holding(TilePath.ENTRIES, index, size);
        lines.add(
            LogLine.of(index, reader.entry(index, size), PREFIX + bundle.orElseThrow().toString()));
      }
      newest = List.copyOf(lines);
      newestOf = size;
    }
    return newest;
  }
}
