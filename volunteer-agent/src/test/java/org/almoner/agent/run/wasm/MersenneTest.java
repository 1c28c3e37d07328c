package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example workload in its real process. */
class MersenneTest {
  private static final List<String> KNOWN =
      List.of(
          "2", "3", "5", "7", "13", "17", "19", "31", "61", "89", "107", "127", "521", "607",
          "1279", "2203", "2281", "3217", "4253", "4423");

  @TempDir Path directory;

  @Test
  @Tag("long")
  void theUnitsTogetherFindTheKnownExponents() throws Exception {
    List<String> found = new ArrayList<>();
    for (int[] range : new int[][] {{1, 2500}, {2501, 3700}, {3701, 4500}}) {
      found.addAll(lines(run(range[0], range[1]), "mersenne.txt"));
    }
    assertThat(found).isEqualTo(KNOWN);
  }

  @Test
  void theResiduesAreThoseOfLucasAndLehmer() throws Exception {
    List<String> residues = lines(run(1, 700), "residues.txt");
    assertThat(residues).hasSizeGreaterThan(40);
    for (String line : residues) {
      int p = Integer.parseInt(line.substring(0, line.indexOf(' ')));
      assertThat(line).isEqualTo(p + " " + residue(p));
    }
  }

  @Test
  void twoRunsAgreeOnOutputAndCount() throws Exception {
    Finished first = run(500, 620);
    Finished second = run(500, 620);
    assertThat(second.output()).isEqualTo(first.output());
    assertThat(second.count()).isEqualTo(first.count()).isPositive();
  }

  @Test
  void wrongArgumentsAreTheProgramsOwnFailure() throws Exception {
    Finished finished = (Finished) Runs.in(directory).module(Runs.MERSENNE).args("9", "8").run();
    assertThat(finished.exit()).isEqualTo(2);
    assertThat(finished.tail())
        .containsExactly("mersenne wants FIRST LAST with 1 <= FIRST <= LAST <= 65536");
  }

  private Finished run(int first, int last) throws Exception {
    Finished finished =
        (Finished)
            Runs.in(directory)
                .module(Runs.MERSENNE)
                .args(Integer.toString(first), Integer.toString(last))
                .run();
    assertThat(finished.exit()).isZero();
    return finished;
  }

  private static List<String> lines(Finished finished, String file) throws Exception {
    OutputBundle bundle = OutputBundle.parse(Files.readAllBytes(finished.bundle()));
    return bundle.files().stream()
        .filter(f -> f.path().value().equals(file))
        .map(f -> new String(f.content().toArray(), StandardCharsets.UTF_8))
        .flatMap(String::lines)
        .toList();
  }

  private static String residue(int p) {
    BigInteger modulus = BigInteger.TWO.pow(p).subtract(BigInteger.ONE);
    BigInteger term = BigInteger.valueOf(4);
    for (int i = 2; i < p; i++) {
      term = term.multiply(term).subtract(BigInteger.TWO).mod(modulus);
    }
    return String.format("%016x", term.longValue());
  }
}
