package org.almoner.agent.run.wasm;

import java.util.List;
import java.util.Optional;

/**
 * One read's line of a SAM file.
 *
 * @param flag 0 forward, 16 reverse, 4 not found
 * @param position of the first aligned base, counted from 1; 0 when not found
 * @param cigar {@code *} when not found
 * @param bases on the genome's strand
 * @param score 0 when not found
 */
record SamLine(String read, int flag, int position, String cigar, String bases, int score) {
  static SamLine parse(String line) {
    List<String> fields = List.of(line.split("\t", -1));
    String last = fields.get(fields.size() - 1);
    int score = last.startsWith("AS:i:") ? Integer.parseInt(last.substring(5)) : 0;
    return new SamLine(
        fields.get(0),
        Integer.parseInt(fields.get(1)),
        Integer.parseInt(fields.get(3)),
        fields.get(5),
        fields.get(9),
        score);
  }

  boolean found() {
    return flag != 4;
  }

  boolean reverse() {
    return flag == 16;
  }

  Optional<Cigar> path() {
    return found() ? Optional.of(Cigar.parse(cigar)) : Optional.empty();
  }

  /** Where the read's first base would lie if it were aligned from there. */
  int unclippedStart() {
    return position - path().orElseThrow().clippedFirst();
  }
}
