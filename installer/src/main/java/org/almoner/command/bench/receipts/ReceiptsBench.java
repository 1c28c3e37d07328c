package org.almoner.command.bench.receipts;

import java.io.IOException;
import java.nio.file.Path;
import org.almoner.command.bench.BenchFailed;

/** Measures what receipts cost, for several numbers of lines. */
public final class ReceiptsBench {
  private ReceiptsBench() {}

  /** Makes the log of donors with so many lines in {@code settings.folder}. */
  public static void fill(ReceiptsSettings settings, int lines) throws IOException, BenchFailed {
    try (ReceiptsLog log = ReceiptsLog.open(settings.folder())) {
      log.fill(settings.donors(lines), lines);
    }
  }

  /**
   * Makes receipts from the log that {@link #fill} made; in a Java process of its own, whose memory
   * is measured.
   *
   * @return figures as one line of JSON or some of text
   */
  public static String measure(ReceiptsSettings settings, int lines, boolean json)
      throws IOException, InterruptedException, BenchFailed {
    ReceiptsPhase phase = ReceiptsRun.measure(settings, lines);
    return json ? phase.toJson() : phase.toText();
  }

  /** A folder for one number of lines. */
  public static Path folder(Path parent, int lines) {
    return parent.resolve("lines-" + lines);
  }
}
