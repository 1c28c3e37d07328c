package org.almoner.coordinator.dispatch;

import java.time.Duration;
import java.util.Optional;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * Sees to it that the first unit of an agent is a starter unit, and that it gets no other work
 * before its answer to one was right. Used on the writer's thread.
 *
 * <p>Each starter lease is a unit of its own, alone in its grant; one that expires is given up, and
 * the agent gets the next.
 */
final class FirstUnits {
  /** How long an agent rests after a wrong answer, so that it gives at most six in a day. */
  static final Duration REST = Duration.ofHours(4);

  private Optional<Backlog> starters = Optional.empty();

  /** From now on, agents begin with units of this batch. */
  void begin(Backlog backlog) {
    starters = Optional.of(backlog);
  }

  /** The starter units, if the agent may get nothing else. */
  Optional<Backlog> of(Agent agent) {
    return agent.starting().right() ? Optional.empty() : starters.filter(Backlog::hasWork);
  }

  /** Why the agent gets no starter unit at this moment; empty when it may have one. */
  static Optional<Offer.Nothing> holdBack(
      Backlog starters, Agent agent, Lent lent, LeaseRequest request, long nowMs) {
    if (lent.holds(starters.batch().id())) {
      return nothing(
          "The first unit of this computer has a known answer; other work comes when it was"
              + " right.");
    }
    if (agent.starting().wrong() && nowMs < agent.starting().wrongMs() + REST.toMillis()) {
      return nothing(
          "This computer gave a wrong answer to a starter unit, whose answer is known; it gets"
              + " another within "
              + REST.toHours()
              + " hours and no other work before one was right. Check its memory and cooling.");
    }
    return starters.fits(request)
        ? Optional.empty()
        : nothing("The first unit needs more memory or disk than this computer lends.");
  }

  private static Optional<Offer.Nothing> nothing(String reason) {
    return Optional.of(new Offer.Nothing(reason));
  }
}
