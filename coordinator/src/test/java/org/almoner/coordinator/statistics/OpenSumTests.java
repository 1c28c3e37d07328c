package org.almoner.coordinator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.junit.jupiter.api.Test;

class OpenSumTests {
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");

  private static DonorId donor(int number) {
    byte[] octets = new byte[DonorId.SIZE];
    octets[0] = (byte) number;
    return new DonorId(Bytes.of(octets));
  }

  /** Ten donors: eight give 5 ms each, the others these. */
  private static OpenSum sum(long most, long second) {
    OpenSum sum = new OpenSum("adder", DAY);
    for (int i = 2; i < 10; i++) {
      sum.add(donor(i), new CpuTime(5, 0, 0));
    }
    sum.add(donor(0), new CpuTime(0, 0, most));
    sum.add(donor(1), new CpuTime(0, second, 0));
    return sum;
  }

  @Test
  void aSumOfWhichTwoDonorsGaveNearlyAllIsNotTold() throws Exception {
    assertThat(sum(80, 80).mayBeTold(DAY)).as("160 of 200 ms").isTrue();
    assertThat(sum(155, 6).mayBeTold(DAY)).as("161 of 201 ms").isFalse();
    OpenSum large = sum(1_000_000_000_000L, 5);
    assertThat(large.mayBeTold(DAY)).isFalse();
    OpenSum again = OpenSum.parse(large.key(), large.image());
    assertThat(again.mayBeTold(DAY)).isFalse();
    again.add(donor(9), new CpuTime(500_000_000_000L, 0, 0));
    again.add(donor(8), new CpuTime(500_000_000_000L, 0, 0));
    assertThat(again.mayBeTold(DAY)).as("three of half or more").isTrue();
  }
}
