package org.almoner.command.bench;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.almoner.agent.lease.VerifiedGrant;
import org.almoner.coordinator.journal.KnownKeys;

/** An agent with a finished unit in hand when the coordinator goes away. Used by one thread. */
final class ReturningAgent implements AutoCloseable {
  /** How often an agent may be told that there is no work before the measurement fails. */
  private static final int ASKED_MAX = 600;

  private static final long NO_WORK_MS = 50;

  private final OwnLine line;
  private final StubAgent agent;
  private Optional<VerifiedGrant> inHand = Optional.empty();

  ReturningAgent(
      int number,
      Place place,
      Checkpoints checkpoints,
      KnownKeys signers,
      Tally tally,
      Turned turned,
      SecureRandom random)
      throws IOException {
    this.line = new OwnLine(number, place.base(), tally, turned, random);
    this.agent = new StubAgent(place, checkpoints, signers, line, tally, Clock.systemUTC(), random);
  }

  /** Enrols and takes one unit. */
  void begin() throws IOException, InterruptedException, BenchFailed {
    agent.enrol();
    inHand = Optional.of(lease());
    line.close();
  }

  /** Reports the unit and asks for the next; how long both took from now on. */
  Duration comeBack(URI base) throws IOException, InterruptedException, BenchFailed {
    long from = System.nanoTime();
    line.moveTo(base);
    agent.report(inHand.orElseThrow());
    inHand = Optional.of(lease());
    line.close();
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private VerifiedGrant lease() throws IOException, InterruptedException, BenchFailed {
    for (int i = 0; i < ASKED_MAX; i++) {
      Optional<VerifiedGrant> grant = agent.lease(1);
      if (grant.isPresent()) {
        return grant.get();
      }
      Thread.sleep(NO_WORK_MS);
    }
    throw new BenchFailed("an agent got no work though there is some");
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
