package org.almoner.coordinator.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Units of stopped batches that nobody runs and nobody will: they have to be given up. */
final class Abandoned {
  /** Units given up in one go, so that other requests are not kept waiting. */
  static final int UNITS_MAX = 512;

  private final Deque<Waiter> units = new ArrayDeque<>();

  /** A unit and its batch. */
  record Waiter(Backlog backlog, Unit unit) {}

  /** Takes in the units of a stopped batch; those that are out come by themselves. */
  void close(Backlog backlog, Units known) {
    for (Chunk chunk : known.openChunks()) {
      if (chunk.batch().equals(backlog.batch().id())) {
        for (Unit unit : chunk.units()) {
          if (!unit.hasEnded() && !unit.isOut()) {
            units.add(new Waiter(backlog, unit));
          }
        }
      }
    }
  }

  boolean isEmpty() {
    return units.isEmpty();
  }

  /** Takes out the next. */
  List<Waiter> some() {
    List<Waiter> some = new ArrayList<>();
    while (!units.isEmpty() && some.size() < UNITS_MAX) {
      some.add(units.removeFirst());
    }
    return some;
  }
}
