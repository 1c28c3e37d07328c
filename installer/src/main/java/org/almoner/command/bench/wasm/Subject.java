package org.almoner.command.bench.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
 * @param sequenceLetters letters of the generated input {@code genome.fa}; 0 when there is none
 */
record Subject(
    String name,
    String debian,
    String version,
    List<String> ours,
    List<String> theirs,
    List<String> arguments,
    int sequenceLetters) {
  static final String OUT = "{out}";
  static final String IN = "{in}";

  /** The generated input's name. */
  static final String GENOME = "genome.fa";

  /** Arguments that make each run take one to two seconds natively. */
  static final List<Subject> ALL =
      List.of(
          own("lucas", 11_213),
          own("nbody", 12_000_000),
          own("sieve", 4_000_000, 250),
          own("matmul", 400, 150),
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
              List.of(OUT + "/result", "12000000"),
              0),
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
              1_500_000));

  Subject {
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
    arguments = List.copyOf(arguments);
  }

  private static Subject own(String name, long... sizes) {
    List<String> arguments =
        new ArrayList<>(
            Stream.concat(Stream.of(OUT + "/result"), LongStream.of(sizes).mapToObj(Long::toString))
                .toList());
    return new Subject(name, "", "", List.of(name + ".c"), List.of(), arguments, 0);
  }

  /** The arguments where outputs lie in {@code out} and inputs in {@code in}. */
  List<String> arguments(String out, String in) {
    return arguments.stream().map(a -> a.replace(OUT, out).replace(IN, in)).toList();
  }
}
