package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.identity.AgentId;

/** All agents with grants in hand, and when the next of those grants is due. */
final class Lents {
  private final Map<AgentId, Place> places = new HashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::deadlineMs).thenComparingLong(Due::order));
  private long orders;

  /** An agent's grants, and the one place in the queue that is valid for them. */
  private static final class Place {
    private final Lent lent;
    private long order = -1;
    private long deadlineMs = Long.MAX_VALUE;

    Place(Lent lent) {
      this.lent = lent;
    }
  }

  /** A place in the queue; out of date when the agent has a newer one. */
  private record Due(long deadlineMs, long order, Place place) {}

  /** The agent's grants; none are kept for an agent that has none. */
  Lent of(AgentId agent) {
    Place place = places.get(agent);
    return place == null ? new Lent(agent) : place.lent;
  }

  /** Takes a row that was read at the start. */
  void restore(Lent lent) {
    places.put(lent.agent(), new Place(lent));
    lent.grants().forEach(g -> schedule(lent, g.deadlineMs()));
  }

  /** Adds a grant and has the row written. */
  void add(Group group, Lent lent, OpenGrant grant) {
    places.computeIfAbsent(lent.agent(), agent -> new Place(lent));
    lent.forgetReturned();
    lent.add(grant);
    group.touch(lent);
    schedule(lent, grant.deadlineMs());
  }

  /** Takes out the grants that are due, and has the rows of agents left with none removed. */
  List<OpenGrant> due(Group group) {
    List<OpenGrant> due = new ArrayList<>();
    while (!queue.isEmpty() && queue.peek().deadlineMs() <= group.nowMs()) {
      Due next = queue.remove();
      Place place = next.place();
      if (place.order == next.order()) {
        place.deadlineMs = Long.MAX_VALUE;
        takeDue(group, place.lent, due);
      }
    }
    return due;
  }

  private void takeDue(Group group, Lent lent, List<OpenGrant> due) {
    for (OpenGrant grant : lent.grants()) {
      if (grant.deadlineMs() <= group.nowMs()) {
        due.add(grant);
        lent.remove(grant);
      } else {
        schedule(lent, grant.deadlineMs());
      }
    }
    if (lent.isEmpty()) {
      places.remove(lent.agent());
      group.touch(lent);
    }
  }

  private void schedule(Lent lent, long deadlineMs) {
    Place place = places.get(lent.agent());
    if (place != null && deadlineMs < place.deadlineMs) {
      place.deadlineMs = deadlineMs;
      place.order = orders++;
      queue.add(new Due(deadlineMs, place.order, place));
    }
  }
}
