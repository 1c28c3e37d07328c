package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;

/** All agents with grants in hand, and when something happens to the next of them. */
final class Lents {
  private final Map<AgentId, Place> places = new HashMap<>();
  private final PriorityQueue<Turn> queue =
      new PriorityQueue<>(Comparator.comparingLong(Turn::atMs).thenComparingLong(Turn::order));
  private long orders;

  /** An agent's grants, and the one place in the queue that is valid for them. */
  private static final class Place {
    private final Lent lent;
    private long order = -1;
    private long atMs = Long.MAX_VALUE;

    Place(Lent lent) {
      this.lent = lent;
    }
  }

  /** A place in the queue; out of date when the agent has a newer one. */
  private record Turn(long atMs, long order, Place place) {}

  /**
   * Grants to which something happened by the clock alone.
   *
   * @param late their deadline has passed
   * @param over no result of them is taken any more; some of them were never found late
   */
  record Due(List<OpenGrant> late, List<OpenGrant> over) {}

  /** The agent's grants; none are kept for an agent that has none. */
  Lent of(AgentId agent) {
    Place place = places.get(agent);
    return place == null ? new Lent(agent) : place.lent;
  }

  /** Whether somebody may still bring back a lease of the batch. */
  boolean name(BatchId batch) {
    return places.values().stream().anyMatch(place -> place.lent.names(batch));
  }

  /** Takes a row that was read at the start. */
  void restore(Lent lent) {
    places.put(lent.agent(), new Place(lent));
    lent.grants().forEach(g -> schedule(lent, g.nextMs()));
  }

  /** Adds a grant and has the row written. */
  void add(Group group, Lent lent, OpenGrant grant) {
    places.computeIfAbsent(lent.agent(), agent -> new Place(lent));
    lent.forgetReturned();
    lent.add(grant);
    group.touch(lent);
    schedule(lent, grant.nextMs());
  }

  /** Moves the grant's deadline on, if it is time to, and has the row written then. */
  void renew(Group group, Lent lent, OpenGrant grant) {
    // Its place in the queue is found too early and corrected there.
    if (grant.renew(group.nowMs())) {
      group.touch(lent);
    }
  }

  /**
   * Takes out the grants that are over, and has the rows of agents left with none removed; marks
   * those that became late.
   */
  Due due(Group group) {
    Due due = new Due(new ArrayList<>(), new ArrayList<>());
    while (!queue.isEmpty() && queue.peek().atMs() <= group.nowMs()) {
      Turn next = queue.remove();
      Place place = next.place();
      if (place.order == next.order()) {
        place.atMs = Long.MAX_VALUE;
        takeDue(group, place.lent, due);
      }
    }
    return due;
  }

  private void takeDue(Group group, Lent lent, Due due) {
    for (OpenGrant grant : lent.grants()) {
      if (grant.overMs() <= group.nowMs()) {
        due.over().add(grant);
        lent.remove(grant);
        continue;
      }
      if (grant.untilMs() <= group.nowMs() && !grant.isLate()) {
        grant.late();
        due.late().add(grant);
      }
      schedule(lent, grant.nextMs());
    }
    if (lent.isEmpty()) {
      places.remove(lent.agent());
      group.touch(lent);
    }
  }

  private void schedule(Lent lent, long atMs) {
    Place place = places.get(lent.agent());
    if (place != null && atMs < place.atMs) {
      place.atMs = atMs;
      place.order = orders++;
      queue.add(new Turn(atMs, place.order, place));
    }
  }
}
