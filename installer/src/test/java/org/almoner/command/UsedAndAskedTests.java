package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.almoner.protocol.lease.Allotment;
import org.junit.jupiter.api.Test;

class UsedAndAskedTests {
  private static final Allotment ASKED = new Allotment(1, 1L << 30, 1 << 20, 7_200_000);

  private static UnitStory.Attempt.Logged took(long wallMs, long memPeakBytes) {
    return new UnitStory.Attempt.Logged(
        0, "accepted", 0, true, 1, wallMs / 2, wallMs, memPeakBytes, 4, 8, "", List.of());
  }

  private static UsedAndAsked of(long... wallMs) {
    return UsedAndAsked.of(
        ASKED, LongStream.of(wallMs).mapToObj(ms -> took(ms, 100L << 20)).toList());
  }

  @Test
  void percentilesAreNumbersThatWereMeasured() {
    List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();
    assertThat(Spread.of(hundred)).isEqualTo(new Spread(50, 95, 100));
    assertThat(Spread.of(List.of(7L))).isEqualTo(new Spread(7, 7, 7));
    assertThat(Spread.of(List.of(9L, 1L, 5L))).isEqualTo(new Spread(5, 9, 9));
  }

  @Test
  void timeIsAskedForWithRoomForSlowerComputers() {
    assertThat(of(61_000, 100_000).askWallMs()).isEqualTo(5 * 60_000);
    assertThat(of(5).askWallMs()).isEqualTo(60_000);
    assertThat(of(80_000_000).askWallMs()).as("at most a day").isEqualTo(86_400_000);
  }

  @Test
  void memoryIsNeverAskedForBeyondWhatSufficed() {
    assertThat(of(1_000).askMemoryBytes()).isEqualTo(112L << 20);
    UsedAndAsked tight =
        UsedAndAsked.of(new Allotment(1, 16 << 20, 0, 60_000), List.of(took(1_000, 90L << 20)));
    assertThat(tight.askMemoryBytes()).isEqualTo(16 << 20);
  }

  @Test
  void unitsOfAWrongSizeAreNamed() {
    assertThat(of(10_000).aboutUnits()).startsWith("units are short: 30 times as much");
    assertThat(of(300_000).aboutUnits()).isEmpty();
    assertThat(of(300_000, 1_900_000).aboutUnits()).startsWith("units are long");
  }
}
