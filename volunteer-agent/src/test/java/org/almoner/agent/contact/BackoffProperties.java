package org.almoner.agent.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffProperties {
  @Property
  void theWaitDoublesUpToItsBoundAndHalfOfItIsDrawn(
      @ForAll @IntRange(min = -5, max = 2_000_000_000) int failures, @ForAll long seed) {
    Duration wait = new Backoff(new Random(seed)).after(failures, Duration.ZERO);
    long whole = Math.min(600_000, 1_000L << Math.min(40, Math.max(0, failures - 1)));
    assertThat(wait.toMillis()).isBetween(whole / 2, whole);
  }

  @Property
  void whatTheCoordinatorAsksForIsNeverUndercutWithinReason(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long asked, @ForAll long seed) {
    Duration wait = new Backoff(new Random(seed)).after(1, Duration.ofSeconds(asked));
    Duration reasonable = Duration.ofSeconds(Math.min(asked, 6 * 3600));
    assertThat(wait).isBetween(reasonable, reasonable.multipliedBy(5).dividedBy(4).plusSeconds(1));
  }
}
