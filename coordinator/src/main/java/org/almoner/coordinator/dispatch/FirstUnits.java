package org.almoner.coordinator.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * Sees to it that the first unit of an agent is a starter unit, that it gets no other work before
 * its answer to one was right, and another starter unit now and then: a computer may break, or be
 * made to cheat, later. Used on the writer's thread.
 *
 * <p>Each starter lease is a unit of its own, alone in its grant; one that expires is given up, and
 * the agent gets the next.
 */
final class FirstUnits {
  /** How long an agent rests after a wrong answer, so that it gives at most six in a day. */
  static final Duration REST = Duration.ofHours(4);

  /** A computer that answered right is left alone for so long. */
  static final Duration FRESH = Duration.ofDays(7);

  /** After so long it gets no other work before it has answered right again. */
  static final Duration STALE = Duration.ofDays(60);

  /** In between, one request in so many is answered with a starter unit. */
  static final int ONE_REQUEST_IN = 200;

  private Optional<Backlog> starters = Optional.empty();
  private Optional<RandomGenerator> random = Optional.empty();

  /** From now on, agents begin with units of this batch, and get one now and then. */
  void begin(Backlog backlog, RandomGenerator chance) {
    starters = Optional.of(backlog);
    random = Optional.of(chance);
  }

  /** The starter units, if the agent gets nothing else now. */
  Optional<Backlog> of(Agent agent, Lent lent, long nowMs) {
    Optional<Backlog> open = starters.filter(Backlog::hasWork);
    if (open.isEmpty() || !agent.starting().right()) {
      return open;
    }
    long sinceMs = nowMs - agent.starting().rightMs();
    if (sinceMs > STALE.toMillis()) {
      return open;
    }
    boolean drawn =
        sinceMs > FRESH.toMillis()
            && !lent.holds(open.get().batch().id())
            && random.filter(chance -> chance.nextInt(ONE_REQUEST_IN) == 0).isPresent();
    return drawn ? open : Optional.empty();
  }

  /** Why the agent gets no starter unit at this moment; empty when it may have one. */
  static Optional<Offer.Nothing> holdBack(
      Backlog starters, Agent agent, Lent lent, LeaseRequest request, long nowMs) {
    if (lent.holds(starters.batch().id())) {
      return nothing(
          "A unit this computer has in hand has a known answer; other work comes when it was"
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
