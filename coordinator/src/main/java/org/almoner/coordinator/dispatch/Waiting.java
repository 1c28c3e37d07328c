package org.almoner.coordinator.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;

/**
 * Units of one batch that need another replica, grouped by who holds the first: whoever asks passes
 * over their own group in one step, however long it is.
 */
final class Waiting {
  /** Stands for "no replica is out or logged". */
  static final Holder NOBODY = new Holder(Bytes.of(new byte[0]));

  /** Most units looked at for one lease before new units are taken instead. */
  static final int LOOKS_MAX = 64;

  /**
   * So many units wait that nobody can choose whose they get: then each is open to everybody, and
   * the pool does not grow further.
   */
  static final int POOL_MAX = 4_096;

  /** A unit's place; out of date when the unit was given a newer one. */
  private record Ticket(Unit unit, int stamp) {
    boolean valid() {
      return unit.stamp() == stamp;
    }
  }

  private final long salt;
  private final Map<Holder, Deque<Ticket>> byHolder = new LinkedHashMap<>();
  private int size;

  /**
   * Nobody waits yet.
   *
   * @param salt tells the batch's units from those of others
   */
  Waiting(long salt) {
    this.salt = salt;
  }

  /** Places to look at, including some out of date. */
  int size() {
    return size;
  }

  /** Gives up all places. */
  void clear() {
    byHolder.clear();
    size = 0;
  }

  /** Gives the unit a place at the end, the only one it has. */
  void add(Unit unit) {
    byHolder
        .computeIfAbsent(unit.firstHolder(), h -> new ArrayDeque<>())
        .addLast(new Ticket(unit, unit.nextStamp()));
    size++;
  }

  /** Takes the first unit that {@code asking} may have a replica of; its place is given up. */
  Optional<Unit> take(Holder asking, AgentId agent, int agree, Crowd crowd, long nowMs) {
    int looks = 0;
    boolean open = size > POOL_MAX;
    Iterator<Map.Entry<Holder, Deque<Ticket>>> groups = byHolder.entrySet().iterator();
    while (groups.hasNext() && looks < LOOKS_MAX) {
      Map.Entry<Holder, Deque<Ticket>> group = groups.next();
      looks++;
      if (group.getKey().equals(asking)) {
        continue;
      }
      Deque<Ticket> queue = group.getValue();
      for (int left = queue.size(); left > 0 && looks < LOOKS_MAX; left--) {
        looks++;
        Ticket ticket = queue.removeFirst();
        if (!ticket.valid() || ticket.unit().wanted(agree) <= 0) {
          size--;
        } else if (ticket.unit().heldBy(asking, agent)
            || !(open || mayHave(crowd, asking, ticket.unit(), nowMs))) {
          queue.addLast(ticket);
        } else {
          size--;
          dropIfEmpty(groups, queue);
          return Optional.of(ticket.unit());
        }
      }
      dropIfEmpty(groups, queue);
    }
    return Optional.empty();
  }

  private boolean mayHave(Crowd crowd, Holder asking, Unit unit, long nowMs) {
    return crowd.mayHave(asking, salt ^ unit.index(), unit.waitsSinceMs(), nowMs);
  }

  private static void dropIfEmpty(Iterator<?> groups, Deque<Ticket> queue) {
    if (queue.isEmpty()) {
      groups.remove();
    }
  }
}
