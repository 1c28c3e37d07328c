package org.almoner.command.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.almoner.agent.lease.VerifiedGrant;
import org.almoner.coordinator.journal.KnownKeys;
import org.jspecify.annotations.Nullable;

/**
 * All agents at work: a thread for each connection, whose agents take turns in leasing, reporting
 * and checking, and one that keeps units waiting.
 */
final class Load implements AutoCloseable {
  /** Pause of an agent for whom there was no unit. */
  private static final long NO_WORK_MS = 5;

  /** How often it is looked whether enough units wait. */
  private static final long SUPPLY_MS = 5;

  private final Place place;
  private final DispatchSettings settings;
  private final Tally tally;
  private final Supply supply;
  private final SecureRandom random;
  private final Checkpoints checkpoints = new Checkpoints();
  private final KnownKeys signers = new KnownKeys();
  private final CountDownLatch introduced;
  private final CountDownLatch begin = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private Load(
      Place place, DispatchSettings settings, Tally tally, Supply supply, SecureRandom random) {
    this.place = place;
    this.settings = settings;
    this.tally = tally;
    this.supply = supply;
    this.random = random;
    this.introduced = new CountDownLatch(settings.connections());
  }

  /** A step of the work of one thread. */
  private interface Work {
    void run() throws IOException, InterruptedException, BenchFailed;
  }

  /** Enrols all agents, links each to its donor, and lets them begin. */
  static Load start(Place place, DispatchSettings settings, Tally tally, SecureRandom random)
      throws IOException, InterruptedException, BenchFailed {
    Supply supply = Supply.open(place, tally, settings.queued(), random);
    Load load = new Load(place, settings, tally, supply, random);
    boolean began = false;
    try {
      for (int i = 0; i < settings.connections(); i++) {
        load.thread("load-" + i, load::agents);
      }
      load.introduced.await();
      load.check();
      load.thread("load-supply", load::supply);
      load.begin.countDown();
      began = true;
      return load;
    } finally {
      if (!began) {
        load.close();
      }
    }
  }

  /** Ids of all batches that were submitted; to be asked when the load has stopped. */
  List<String> batches() {
    return supply.batches();
  }

  /** Whether every thread is still at work. */
  void check() throws BenchFailed {
    Exception first = failure.get();
    if (first instanceof BenchFailed failed) {
      throw failed;
    }
    if (first != null) {
      throw new BenchFailed("the load broke off: " + first, first);
    }
  }

  /** Lets every agent finish what it has in hand, and ends. */
  void stop() throws InterruptedException, BenchFailed {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    check();
  }

  private void thread(String name, Work work) {
    Thread thread = new Thread(() -> guarded(work), name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException | InterruptedException | BenchFailed | RuntimeException e) {
      failure.compareAndSet(null, e);
      stopping = true;
      while (introduced.getCount() > 0) {
        introduced.countDown();
      }
    }
  }

  private void agents() throws IOException, InterruptedException, BenchFailed {
    try (HttpConnection connection = new HttpConnection(place.base())) {
      Api operator = new Api(connection, place.operatorToken());
      Requests requests = new Requests(connection, tally);
      List<StubAgent> agents = new ArrayList<>();
      for (int i = 0; i < DispatchSettings.AGENTS_PER_CONNECTION; i++) {
        StubAgent agent =
            new StubAgent(place, checkpoints, signers, requests, tally, Clock.systemUTC(), random);
        agent.introduce(operator);
        agents.add(agent);
      }
      introduced.countDown();
      begin.await();
      for (int turn = 0; !stopping; turn = (turn + 1) % agents.size()) {
        cycle(agents.get(turn));
      }
    }
  }

  private void cycle(StubAgent agent) throws IOException, InterruptedException, BenchFailed {
    Optional<VerifiedGrant> grant = agent.lease(settings.perRequest());
    if (grant.isPresent()) {
      agent.report(grant.get());
    } else {
      Thread.sleep(NO_WORK_MS);
    }
  }

  private void supply() throws IOException, InterruptedException, BenchFailed {
    begin.await();
    while (!stopping) {
      supply.fill();
      Thread.sleep(SUPPLY_MS);
    }
  }

  /** Breaks off what is still at work. */
  @Override
  public void close() {
    stopping = true;
    begin.countDown();
    threads.forEach(Thread::interrupt);
  }
}
