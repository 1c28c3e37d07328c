package org.almoner.command.bench.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that is measured.
 *
 * @param name in the figures; names of ours are those of their C files too
 * @param debian the Debian source package it is built from; empty when all of it is ours
 * @param version of that package's upstream
 * @param ours C files of ours, among the resources
 * @param theirs C files in the source package; the folder they lie in is searched for headers
 * @param arguments of a run; {@link #OUT} and {@link #IN} stand for the folders of its outputs and
 *     inputs
 * @param shortSize what {@link #SIZE} stands for in a short run, of one to two seconds natively
 * @param longSize the same in a long one, of about four times that
 * @param isGenome whether the size is that of a generated input {@code genome.fa}, in letters
 */
record Subject(
    String name,
    String debian,
    String version,
    List<String> ours,
    List<String> theirs,
    List<String> arguments,
    int shortSize,
    int longSize,
    boolean isGenome) {
  static final String OUT = "{out}";
  static final String IN = "{in}";
  static final String SIZE = "{size}";

  /** The generated input's name. */
  static final String GENOME = "genome.fa";

  static final List<Subject> ALL =
      List.of(
          own("lucas", 11_213, 18_013),
          own("nbody", 12_000_000, 48_000_000),
          own("sieve", 250, 1_000, "4000000"),
          own("matmul", 150, 600, "400"),
          new Subject(
              "bzip2",
              "bzip2",
              "1.0.8",
              List.of("bzip2.c"),
              List.of(
                  "blocksort.c",
                  "huffman.c",
                  "crctable.c",
                  "randtable.c",
                  "compress.c",
                  "decompress.c",
                  "bzlib.c"),
              List.of(OUT + "/result", SIZE),
              12_000_000,
              48_000_000,
              false),
          new Subject(
              "prodigal",
              "prodigal",
              "2.6.3",
              List.of(),
              List.of(
                  "bitmap.c",
                  "dprog.c",
                  "gene.c",
                  "main.c",
                  "metagenomic.c",
                  "node.c",
                  "sequence.c",
                  "training.c"),
              List.of("-q", "-i", IN + "/" + GENOME, "-o", OUT + "/result"),
              1_500_000,
              6_000_000,
              true));

  Subject {
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
    arguments = List.copyOf(arguments);
  }

  private static Subject own(String name, int shortSize, int longSize, String... before) {
    List<String> arguments = new ArrayList<>(List.of(OUT + "/result"));
    arguments.addAll(List.of(before));
    arguments.add(SIZE);
    return new Subject(
        name, "", "", List.of(name + ".c"), List.of(), arguments, shortSize, longSize, false);
  }

  int size(boolean isShort) {
    return isShort ? shortSize : longSize;
  }

  /** The arguments where outputs lie in {@code out} and inputs in {@code in}. */
  List<String> arguments(String out, String in, boolean isShort) {
    String size = Integer.toString(size(isShort));
    return arguments.stream()
        .map(a -> a.replace(OUT, out).replace(IN, in).replace(SIZE, size))
        .toList();
  }
}
