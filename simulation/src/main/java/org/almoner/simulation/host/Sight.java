package org.almoner.simulation.host;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.almoner.agent.SteppedAgent;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.desk.Standing;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.strategy.Now;
import org.almoner.simulation.world.World;

/** What the owner of a computer can see: their page at the coordinator, and what it publishes. */
final class Sight implements Now {
  private static final Set<Outcome> OUTVOTED =
      EnumSet.of(Outcome.OUTPUT_DISAGREED, Outcome.COUNT_DISAGREED);

  /** They look at their page once in so long. */
  private static final long LOOK_MS = Duration.ofHours(12).toMillis();

  private final World world;
  private final Server server;
  private final Person person;
  private final RandomGenerator draws;
  private final Set<LeaseId> known = new HashSet<>();
  private int keys;
  private long finished;
  private long proved;
  private long lookedMs = Long.MIN_VALUE / 2;
  private boolean caught;

  Sight(World world, Server server, Person person, RandomGenerator draws) {
    this.world = world;
    this.server = server;
    this.person = person;
    this.draws = draws;
  }

  /** The agent has spoken. */
  void look(SteppedAgent agent) {
    if (agent.keysTaken() != keys) {
      keys = agent.keysTaken();
      finished = agent.waiting();
    }
    proved = Math.max(0, finished - agent.waiting());
  }

  /** A unit was finished. */
  void finished() {
    finished++;
  }

  /** What was told so far is of a past that nobody remembers. */
  void forget() {
    caught = false;
    finished = 0;
    proved = 0;
  }

  @Override
  public long proved() {
    return proved;
  }

  @Override
  public boolean caught() {
    Optional<DonorId> account = person.opened();
    Optional<Coordinator> coordinator = server.now();
    if (account.isPresent() && coordinator.isPresent() && world.millis() - lookedMs >= LOOK_MS) {
      lookedMs = world.millis();
      for (Standing.Excluded line : coordinator.get().standing(account.get()).excluded()) {
        if (OUTVOTED.contains(line.outcome()) && known.add(line.lease())) {
          caught = true;
        }
      }
    }
    return caught;
  }

  @Override
  public boolean published(LeaseId lease) {
    return server.now().flatMap(c -> c.result(lease.batch(), lease.unit())).isPresent();
  }

  @Override
  public long millis() {
    return world.millis();
  }

  @Override
  public RandomGenerator draws() {
    return draws;
  }
}
