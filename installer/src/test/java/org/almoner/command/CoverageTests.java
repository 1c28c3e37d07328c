package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.Test;

class CoverageTests {
  private final Coverage coverage = new Coverage(100);

  @Test
  void unitsAddUp() {
    coverage.add(bundle("lambda\t0\t50\t1\nlambda\t50\t60\t2\n"));
    coverage.add(bundle("lambda\t0\t25\t3\n"));
    assertThat(coverage.percent()).isEqualTo(60);
    assertThat(coverage.mean()).isEqualTo((50 + 20 + 75) / 100.0);
    assertThat(coverage.bars(4, 4)).isEqualTo("█▂▂ ");
  }

  @Test
  void aBarIsFullAtTheTopAndNotHigher() {
    coverage.add(bundle("lambda\t0\t50\t9\n"));
    assertThat(coverage.bars(2, 3)).isEqualTo("█ ");
  }

  @Test
  void whatLiesOutsideTheGenomeIsNamed() {
    assertThatThrownBy(() -> coverage.add(bundle("lambda\t90\t101\t1\n")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("90\t101\t1");
    assertThatThrownBy(() -> coverage.add(bundle("lambda\t90\n")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("four fields");
  }

  private static OutputBundle bundle(String lines) {
    return new OutputBundle(
        List.of(
            new OutputBundle.OutputFile(new BundlePath("coverage.bedgraph"), Bytes.utf8(lines))));
  }
}
