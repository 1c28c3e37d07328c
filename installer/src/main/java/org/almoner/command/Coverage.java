package org.almoner.command;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.result.OutputBundle;

/** How deep aligned reads cover a genome, added up over the results of an alignment batch. */
final class Coverage {
  private static final String FILE = "coverage.bedgraph";
  private static final String BARS = " ▁▂▃▄▅▆▇█";

  private final int[] depth;

  /**
   * Nothing aligned yet.
   *
   * @param bases length of the genome
   */
  Coverage(int bases) {
    this.depth = new int[bases];
  }

  /** Adds what one unit aligned: lines of name, first base from 0, base behind the last, depth. */
  void add(OutputBundle bundle) {
    for (OutputBundle.OutputFile file : bundle.files()) {
      if (file.path().toString().equals(FILE)) {
        new String(file.content().toArray(), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("track"))
            .forEach(this::addRun);
      }
    }
  }

  private void addRun(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 4) {
      throw Failure.failed(FILE + ": expected four fields, got " + line);
    }
    int from = Integer.parseInt(fields[1]);
    int to = Integer.parseInt(fields[2]);
    int more = Integer.parseInt(fields[3]);
    if (from < 0 || to > depth.length || from > to) {
      throw Failure.failed(FILE + ": " + line + " lies outside the genome");
    }
    for (int base = from; base < to; base++) {
      depth[base] += more;
    }
  }

  /** Mean depth over the genome. */
  double mean() {
    long sum = 0;
    for (int each : depth) {
      sum += each;
    }
    return (double) sum / depth.length;
  }

  /** Part of the genome that at least one read covers, in percent, rounded down. */
  int percent() {
    long covered = 0;
    for (int each : depth) {
      covered += each > 0 ? 1 : 0;
    }
    return (int) (100 * covered / depth.length);
  }

  /** The genome as {@code width} bars, each as high as its mean depth; full at {@code top}. */
  String bars(int width, double top) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < width; i++) {
      int from = (int) ((long) depth.length * i / width);
      int to = (int) ((long) depth.length * (i + 1) / width);
      long sum = 0;
      for (int base = from; base < to; base++) {
        sum += depth[base];
      }
      double mean = (double) sum / (to - from);
      int steps = BARS.length() - 1;
      int height = (int) Math.min(steps, Math.ceil(steps * mean / top));
      line.append(BARS.charAt(height));
    }
    return line.toString();
  }
}
