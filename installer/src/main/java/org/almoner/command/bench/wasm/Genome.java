package org.almoner.command.bench.wasm;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * A made-up bacterial genome in FASTA form: genes (a ribosome's binding site, a start codon, codons
 * of uneven use, a stop) on either strand, with noise between them. Equal random numbers give equal
 * genomes.
 */
final class Genome {
  private static final String LETTERS = "ACGT";
  private static final String[] STARTS = {"ATG", "ATG", "ATG", "GTG", "TTG"};
  private static final String[] STOPS = {"TAA", "TGA", "TAG"};
  private static final int LINE = 70;
  private static final int CODONS_MIN = 60;
  private static final int CODONS_SPAN = 500;
  private static final int GAP_SPAN = 150;

  private final RandomGenerator random;
  private final StringBuilder sequence = new StringBuilder();

  private Genome(RandomGenerator random) {
    this.random = random;
  }

  /** Writes one of about {@code letters} letters. */
  static void write(Path file, int letters, RandomGenerator random) throws IOException {
    Genome genome = new Genome(random);
    while (genome.sequence.length() < letters) {
      genome.noise(random.nextInt(GAP_SPAN));
      String gene = genome.gene();
      genome.sequence.append(random.nextBoolean() ? gene : otherStrand(gene));
    }
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write(">generated\n");
      for (int at = 0; at < genome.sequence.length(); at += LINE) {
        out.append(genome.sequence, at, Math.min(at + LINE, genome.sequence.length())).write('\n');
      }
    }
  }

  private void noise(int letters) {
    for (int i = 0; i < letters; i++) {
      sequence.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
  }

  private String gene() {
    StringBuilder gene = new StringBuilder("AGGAGG");
    for (int i = 0; i < 7; i++) {
      gene.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    gene.append(STARTS[random.nextInt(STARTS.length)]);
    int codons = CODONS_MIN + random.nextInt(CODONS_SPAN);
    for (int i = 0; i < codons; i++) {
      gene.append(codon());
    }
    return gene.append(STOPS[random.nextInt(STOPS.length)]).toString();
  }

  /** G and C are common at the first and third place, and no codon in a gene is a stop. */
  private String codon() {
    while (true) {
      String codon = "" + letter(0.6) + letter(0.4) + letter(0.7);
      if (!codon.equals("TAA") && !codon.equals("TGA") && !codon.equals("TAG")) {
        return codon;
      }
    }
  }

  private char letter(double strong) {
    return (random.nextDouble() < strong ? "GC" : "AT").charAt(random.nextInt(2));
  }

  private static String otherStrand(String strand) {
    StringBuilder other = new StringBuilder();
    for (int i = strand.length() - 1; i >= 0; i--) {
      other.append(LETTERS.charAt(LETTERS.length() - 1 - LETTERS.indexOf(strand.charAt(i))));
    }
    return other.toString();
  }
}
