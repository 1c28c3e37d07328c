package org.almoner.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.junit.jupiter.api.Test;

/** Who may answer for a unit that somebody has already is drawn, not chosen by who asks. */
class CrowdTests {
  private static final long WIDER_MS = Crowd.WIDER.toMillis();

  private static Holder holder(int number) {
    return Holder.of(new AgentId(Hash.sha256(new byte[] {(byte) number, (byte) (number >> 8)})));
  }

  private static Crowd crowd(int size) {
    Crowd crowd = new Crowd(new Random(7));
    IntStream.range(0, size).forEach(i -> crowd.asks(holder(i), 0));
    return crowd;
  }

  @Test
  void amongFewEverybodyMay() {
    Crowd crowd = crowd(Crowd.FIRST);
    for (int i = 0; i < 100; i++) {
      assertThat(crowd.mayHave(holder(i), i, 0, 0)).isTrue();
    }
  }

  @Test
  void amongManyAboutEightMayAndTwiceAsManyAfterEachWhile() {
    Crowd crowd = crowd(1_000);
    for (int waits = 0; waits < 7; waits++) {
      long nowMs = waits * WIDER_MS;
      long open = 0;
      for (int unit = 0; unit < 100; unit++) {
        for (int i = 0; i < 1_000; i++) {
          open += crowd.mayHave(holder(i), unit, 0, nowMs) ? 1 : 0;
        }
      }
      assertThat(open / 100.0).isBetween(6.5 * (1 << waits), 9.5 * (1 << waits));
    }
    assertThat(crowd.mayHave(holder(3), 3, 0, 7 * WIDER_MS)).as("all in the end").isTrue();
  }

  @Test
  void whoOnceMayNotGainsNothingByAskingAgain() {
    Crowd crowd = crowd(1_000);
    Holder accomplice = holder(5);
    long open =
        IntStream.range(0, 10_000).filter(unit -> crowd.mayHave(accomplice, unit, 0, 0)).count();
    assertThat(open).isBetween(40L, 130L);
    for (int i = 0; i < 1_000; i++) {
      crowd.asks(accomplice, i);
    }
    assertThat(
            IntStream.range(0, 10_000)
                .filter(unit -> crowd.mayHave(accomplice, unit, 0, 0))
                .count())
        .isEqualTo(open);
  }

  @Test
  void whoDidNotAskLatelyIsNotCounted() {
    Crowd crowd = crowd(1_000);
    crowd.asks(holder(1), Crowd.PRESENT.toMillis() + 1);
    assertThat(crowd.size()).isEqualTo(1);
  }
}
