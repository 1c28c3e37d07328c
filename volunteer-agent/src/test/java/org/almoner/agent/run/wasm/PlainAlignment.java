package org.almoner.agent.run.wasm;

/**
 * The best local alignment score of one read on one genome, by the recurrence of Smith and Waterman
 * written down cell by cell: no lanes, no window, no traceback. Scores are those that align.c
 * states.
 *
 * @param score the highest score on either strand
 * @param reverse whether it is reached on the reverse strand only
 * @param end the position, counted from 1, of the last base of the genome in the best alignment
 *     that ends first
 */
record PlainAlignment(int score, boolean reverse, int end) {
  private static final int MATCH = 1;
  private static final int MISMATCH = -2;
  private static final int UNKNOWN = -1;
  private static final int GAP = -2;

  static PlainAlignment of(String read, String genome) {
    PlainAlignment forward = onStrand(read, genome, false);
    PlainAlignment reverse = onStrand(reverseComplement(read), genome, true);
    return reverse.score > forward.score ? reverse : forward;
  }

  private static PlainAlignment onStrand(String read, String genome, boolean reverse) {
    char[] along = genome.toCharArray();
    int[] row = new int[along.length + 1];
    int best = 0;
    int end = 0;
    for (char base : read.toCharArray()) {
      int diagonal = 0;
      for (int i = 1; i <= along.length; i++) {
        int above = row[i];
        int score = diagonal + score(base, along[i - 1]);
        score = Math.max(Math.max(score, 0), Math.max(above, row[i - 1]) + GAP);
        row[i] = score;
        diagonal = above;
        if (score >= best && (score > best || i < end)) {
          best = score;
          end = i;
        }
      }
    }
    return new PlainAlignment(best, reverse, end);
  }

  /**
   * What the alignment that a CIGAR describes is worth.
   *
   * @param read as it stands in the SAM line, that is, already on the genome's strand
   * @param start position of its first aligned base, counted from 1
   */
  static int worth(Cigar cigar, String read, String genome, int start) {
    int i = start - 1;
    int j = 0;
    int score = 0;
    for (Cigar.Run run : cigar.runs()) {
      for (int n = 0; n < run.length(); n++) {
        switch (run.step()) {
          case 'S' -> j++;
          case 'M' -> score += score(read.charAt(j++), genome.charAt(i++));
          case 'D' -> {
            score += GAP;
            i++;
          }
          default -> {
            score += GAP;
            j++;
          }
        }
      }
    }
    return score;
  }

  private static int score(char a, char b) {
    if (a == 'N' || b == 'N') {
      return UNKNOWN;
    }
    return a == b ? MATCH : MISMATCH;
  }

  static String reverseComplement(String read) {
    StringBuilder reversed = new StringBuilder();
    for (int i = read.length() - 1; i >= 0; i--) {
      reversed.append("TGCAN".charAt("ACGTN".indexOf(read.charAt(i))));
    }
    return reversed.toString();
  }
}
