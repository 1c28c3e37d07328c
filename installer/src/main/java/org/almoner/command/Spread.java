package org.almoner.command;

import java.util.List;
import org.almoner.protocol.json.JsonValue;

/** Median, 95th percentile and largest of some measured numbers, each one that was measured. */
record Spread(long median, long p95, long max) {
  /** Of at least one number; the rank of a percentile is rounded up. */
  static Spread of(List<Long> numbers) {
    List<Long> sorted = numbers.stream().sorted().toList();
    return new Spread(at(sorted, 50), at(sorted, 95), at(sorted, 100));
  }

  private static long at(List<Long> sorted, int percent) {
    int rank = (int) ((sorted.size() * (long) percent + 99) / 100);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("median", median).put("p95", p95).put("max", max).build();
  }
}
