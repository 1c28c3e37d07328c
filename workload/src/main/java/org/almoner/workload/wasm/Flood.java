package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ways from number to number, and what is reached by them. Each way is looked at once at most. */
final class Flood {
  private final Map<Integer, List<Integer>> ways = new HashMap<>();
  private int looks;

  void addWay(int from, int to) {
    ways.computeIfAbsent(from, number -> new ArrayList<>()).add(to);
  }

  /** Adds to {@code reached} whatever can be reached from it. */
  void spread(BitSet reached) {
    List<Integer> waiting = new ArrayList<>();
    reached.stream().forEach(waiting::add);
    while (!waiting.isEmpty()) {
      List<Integer> next = ways.getOrDefault(waiting.remove(waiting.size() - 1), List.of());
      looks += next.size();
      for (int to : next) {
        if (!reached.get(to)) {
          reached.set(to);
          waiting.add(to);
        }
      }
    }
  }

  /** How many ways were looked at. */
  int looks() {
    return looks;
  }
}
