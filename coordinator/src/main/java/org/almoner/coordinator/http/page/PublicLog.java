package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;

/** The newest end of the public log. For any thread; what was read is kept until the log grows. */
public final class PublicLog {
  /** Most lines shown; neighbours that say the same are one line. */
  public static final int LINES_MAX = 8;

  /** Most entries read for them. */
  private static final long ENTRIES_MAX = 512;

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
      newest = read(size);
      newestOf = size;
    }
    return newest;
  }

  private List<LogLine> read(long size) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    long end = size;
    while (end > Math.max(0, size - ENTRIES_MAX)) {
      long start = (end - 1) / TilePath.FULL * TilePath.FULL;
      String path = PREFIX + TilePath.holding(TilePath.ENTRIES, start, size).orElseThrow();
      List<Bytes> entries = reader.entriesFrom(start, size);
      for (int i = (int) (end - start) - 1; i >= 0; i--) {
        LogLine line = LogLine.of(start + i, entries.get(i), path);
        int oldest = lines.size() - 1;
        if (oldest >= 0 && lines.get(oldest).continues(line)) {
          lines.set(oldest, lines.get(oldest).from(line));
        } else if (lines.size() == LINES_MAX) {
          return List.copyOf(lines);
        } else {
          lines.add(line);
        }
      }
      end = start;
    }
    return List.copyOf(lines);
  }
}
