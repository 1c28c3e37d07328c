package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.almoner.workload.check.CheckedWorkload;

/**
 * What the demonstration computes: two of the examples, and what is known of their answers.
 *
 * @param primes workload of Mersenne tests
 * @param lastExponent the largest exponent it tests
 * @param genome workload of alignments
 * @param reference the genome, in FASTA
 */
record DemoWork(Path primes, int lastExponent, Path genome, Path reference) {
  /** A bar is full at so many times the mean depth. */
  private static final double TOP = 1.6;

  /** The examples in the tree; the short ones when somebody is in a hurry. */
  static DemoWork examples(Path home, boolean fast) {
    Path examples = home.resolve("docs/examples");
    String file = fast ? "small.yaml" : "workload.yaml";
    return new DemoWork(
        examples.resolve("mersenne").resolve(file),
        fast ? 2_250 : 4_500,
        examples.resolve("alignment").resolve(file),
        examples.resolve("alignment/lambda.fa"));
  }

  Set<Integer> knownExponents() {
    return Mersenne.known(lastExponent);
  }

  /** The empty coverage of the genome. */
  Coverage coverage() throws IOException {
    int bases =
        Files.readAllLines(reference, StandardCharsets.US_ASCII).stream()
            .filter(line -> !line.startsWith(">"))
            .mapToInt(line -> line.strip().length())
            .sum();
    return new Coverage(bases);
  }

  /** Depth at which a bar is full: the reads' letters, half of their files, over the genome. */
  double depthAtTop(CheckedWorkload workload) throws IOException {
    long octets = 0;
    for (Path file : workload.files().values()) {
      octets += file.toString().endsWith(".fq") ? Files.size(file) : 0;
    }
    return TOP * octets / 2 / Files.size(reference);
  }
}
