package org.almoner.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;

/** The demonstration's known answer: exponents of Mersenne primes, published long ago. */
final class Mersenne {
  /** OEIS A000043 up to 4500: exponents p for which 2^p - 1 is prime. */
  private static final List<Integer> KNOWN =
      List.of(
          2, 3, 5, 7, 13, 17, 19, 31, 61, 89, 107, 127, 521, 607, 1279, 2203, 2281, 3217, 4253,
          4423);

  private static final String FILE = "mersenne.txt";
  private static final String RESIDUES = "residues.txt";

  /** An exponent that no honest computer finds: 2^4391 - 1 is composite. */
  private static final String INVENTED = "4391";

  private Mersenne() {}

  /** Adds the exponents one unit found. */
  static void collect(OutputBundle bundle, Set<Integer> found) {
    for (OutputBundle.OutputFile file : bundle.files()) {
      if (file.path().toString().equals(FILE)) {
        new String(file.content().toArray(), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> Integer.valueOf(line.strip()))
            .forEach(found::add);
      }
    }
  }

  /** What a cheat hands in who computed nothing. */
  static OutputBundle invented() {
    return new OutputBundle(
        List.of(
            new OutputBundle.OutputFile(new BundlePath(FILE), Bytes.utf8(INVENTED + "\n")),
            new OutputBundle.OutputFile(new BundlePath(RESIDUES), Bytes.utf8("\n"))));
  }

  /** The known exponents up to {@code last}. */
  static Set<Integer> known(int last) {
    return new TreeSet<>(KNOWN.stream().filter(exponent -> exponent <= last).toList());
  }
}
