package org.almoner.workload.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private static final BatchUnits RANGE = new BatchUnits.Range(1, 10, 4);

  @Test
  void theLastStretchOfARangeMayBeShorter() {
    BatchPlan plan = BatchPlan.of(RANGE, List.of("{first}", "{last}", "unit-{index}"));
    assertThat(plan.count()).isEqualTo(3);
    assertThat(plan.unit(0).args()).containsExactly("1", "4", "unit-0");
    assertThat(plan.unit(2).args()).containsExactly("9", "10", "unit-2");
    assertThatThrownBy(() -> plan.unit(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rangesReachTheEndsOfExactNumbers() {
    long max = (1L << 53) - 1;
    BatchUnits.Range wide = new BatchUnits.Range(-max, max, 1L << 50);
    assertThat(wide.count()).isEqualTo(16);
    assertThat(wide.values(15)).containsEntry("last", Long.toString(max));
    assertThatThrownBy(() -> new BatchUnits.Range(-max, max, 1)).hasMessageContaining("step");
  }

  @Test
  void eachFileIsAUnitWithThatFile() {
    BlobRef a = new BlobRef("a.txt", Hash.ZERO, 1);
    BlobRef b = new BlobRef("b.txt", Hash.ZERO, 2);
    BatchPlan plan =
        BatchPlan.of(new BatchUnits.Files(List.of(a, b)), List.of("--in={file}", "{index}"));
    assertThat(plan.unit(1).args()).containsExactly("--in=b.txt", "1");
    assertThat(plan.unit(1).inputs()).containsExactly(b);
  }

  @Test
  void aDoubledBraceMeansItself() {
    assertThat(BatchPlan.of(RANGE, List.of("{{{first}}}")).unit(0).args()).containsExactly("{1}");
  }

  @Test
  void aNameWithoutAValueAndAnOddBraceAreRefusedByName() {
    assertThatThrownBy(() -> BatchPlan.of(RANGE, List.of("{file}")))
        .hasMessageContaining("{file}")
        .hasMessageContaining("first, index, last");
    assertThatThrownBy(() -> BatchPlan.of(RANGE, List.of("{first"))).hasMessageContaining("brace");
    assertThatThrownBy(() -> BatchPlan.of(RANGE, List.of("first}"))).hasMessageContaining("brace");
  }

  @Test
  void argumentsThatMayGrowTooLongAreRefused() {
    assertThatThrownBy(() -> BatchPlan.of(RANGE, List.of("x".repeat(990) + "{first}")))
        .hasMessageContaining("1000 characters");
  }
}
