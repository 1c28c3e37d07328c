package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who runs next. */
class PlacesTest {
  private long nowMs;
  private final Map<String, Long> had = new HashMap<>();
  private final ArrayDeque<String> running = new ArrayDeque<>();
  private final Map<String, Places.Share> shares = new HashMap<>();
  private final Places places = new Places(1, () -> Instant.ofEpochMilli(nowMs), new Random(7));
  private final Map<String, Integer> ready = new HashMap<>();

  private void join(String name, int units) {
    ready.put(name, units);
    shares.put(
        name,
        places.join(
            share -> {
              if (ready.getOrDefault(name, 0) == 0) {
                return false;
              }
              ready.merge(name, -1, Integer::sum);
              share.took(name);
              running.add(name);
              return true;
            }));
  }

  /** Runs units that last as long as told, until so much time has passed. */
  private void run(long untilMs, Map<String, Long> lasts) {
    places.fill();
    while (nowMs < untilMs && !running.isEmpty()) {
      String name = running.remove();
      nowMs += lasts.getOrDefault(name, 0L);
      had.merge(name, lasts.getOrDefault(name, 0L), Long::sum);
      shares.get(name).left(name);
      places.fill();
    }
  }

  @Test
  void timeIsSharedAndNotUnits() {
    join("short units", 100_000);
    join("long units", 100_000);
    run(1_000_000, Map.of("short units", 10L, "long units", 1_000L));
    assertThat(had.get("short units")).isBetween(495_000L, 505_000L);
    assertThat(had.get("long units")).isBetween(495_000L, 505_000L);
  }

  @Test
  void whoHadNothingToRunIsNotPaidBack() {
    join("diligent", 100_000);
    join("late", 0);
    run(500_000, Map.of("diligent", 100L));
    ready.put("late", 100_000);
    had.clear();
    run(700_000, Map.of("diligent", 100L, "late", 100L));
    assertThat(had.get("late")).isBetween(99_000L, 101_000L);
  }

  @Test
  void whatOneCannotUseTheOtherGets() {
    join("empty", 0);
    join("busy", 100_000);
    run(100_000, Map.of("busy", 100L));
    assertThat(had.get("busy")).isEqualTo(100_000L);
  }

  @Test
  void whoLeavesGivesItsPlaceBack() {
    join("gone", 1);
    places.fill();
    assertThat(running).containsExactly("gone");
    join("next", 1);
    places.fill();
    assertThat(running).containsExactly("gone");
    places.leave(shares.get("gone"));
    shares.get("gone").left("gone");
    places.fill();
    assertThat(running).containsExactly("gone", "next");
    shares.get("next").left("next");
    ready.put("next", 5);
    places.fill();
    assertThat(running).as("one place, not two").hasSize(3);
  }
}
