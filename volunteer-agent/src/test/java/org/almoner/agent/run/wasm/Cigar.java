package org.almoner.agent.run.wasm;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a read lies along a genome: runs of S (clipped), M (aligned), D (left out of the read), I
 * (only in the read).
 */
record Cigar(List<Run> runs) {
  private static final Pattern RUN = Pattern.compile("(\\d+)([SMDI])");

  /** One run of the same step. */
  record Run(int length, char step) {}

  static Cigar parse(String text) {
    if (!text.matches("(\\d+[SMDI])+")) {
      throw new IllegalArgumentException("not a CIGAR of S, M, D, I: " + text);
    }
    return new Cigar(
        RUN.matcher(text)
            .results()
            .map(m -> new Run(Integer.parseInt(m.group(1)), m.group(2).charAt(0)))
            .toList());
  }

  int sum(String steps) {
    return runs.stream().filter(r -> steps.indexOf(r.step()) >= 0).mapToInt(Run::length).sum();
  }

  /** Bases clipped before the first aligned one. */
  int clippedFirst() {
    return runs.get(0).step() == 'S' ? runs.get(0).length() : 0;
  }
}
