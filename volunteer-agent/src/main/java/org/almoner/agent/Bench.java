package org.almoner.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.run.Reported;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.Task;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.usage.UsageLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the leases in hand, a few at a time, and puts what comes of them into the outbox.
 *
 * <p>A unit whose files cannot be had, or whose process this computer kills, is tried again later;
 * a unit that fails by itself is evidence and is reported.
 */
final class Bench {
  /** Times a unit is started before the lease is let go, when it is this computer that fails. */
  static final int STARTS_MAX = 3;

  /** What is left of the two seconds an agent may take to stop. */
  private static final Duration STOP_MAX = Duration.ofMillis(1_500);

  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private final int units;
  private final Station station;
  private final Pantry pantry;
  private final RoomToWork room;
  private final Fitness fitness;
  private final Runner runner;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Backoff backoff;
  private final Board board;
  private final Wakeup wakeup;
  private final Scratch scratch;
  private final Snapshots snapshots;
  private final Places places;
  private final Places.Share share;
  private final ExecutorService workers;
  private final Set<LeaseId> running = new HashSet<>();
  private final Map<LeaseId, Running> children = new HashMap<>();
  private final Map<LeaseId, String> unwanted = new HashMap<>();
  private final Retries retries;
  private Optional<Exception> broken = Optional.empty();
  private boolean takesNoMore;
  private int lostInARow;
  private boolean lostOne;

  Bench(
      AgentSettings settings,
      Station station,
      Pantry pantry,
      RoomToWork room,
      Engagement.Shared shared,
      Backoff backoff,
      Board board,
      Wakeup wakeup)
      throws IOException {
    this.units = settings.lent().unitsOn(station.introduction().cores(settings.computer()));
    if (units < settings.lent().units()) {
      LOG.atInfo()
          .addKeyValue("units", units)
          .log("No more units run at one time than this computer has processors");
    }
    this.station = station;
    this.pantry = pantry;
    this.room = room;
    this.runner = shared.runner();
    this.clock = shared.clock();
    this.sleeper = shared.sleeper();
    this.fitness = new Fitness(settings, clock, room, runner);
    this.backoff = backoff;
    this.retries = new Retries(clock, backoff);
    this.board = board;
    this.wakeup = wakeup;
    this.scratch = shared.scratch();
    this.snapshots = shared.snapshots();
    this.places = shared.places();
    AtomicLong number = new AtomicLong();
    this.workers =
        Executors.newFixedThreadPool(
            units, work -> new Thread(work, "unit-" + number.incrementAndGet()));
    this.share = places.join(this::startOne);
  }

  /** Starts as many units as there are places for, and says so while the computer rests. */
  void fill() {
    board.resting(runner.resting());
    places.fill();
  }

  private synchronized boolean startOne(Places.Share mine) {
    if (running.size() == units || takesNoMore || workers.isShutdown()) {
      return false;
    }
    Optional<HeldLease> next =
        station.leases().list().stream()
            .filter(lease -> !running.contains(lease.id()) && retries.ready(lease.id()))
            .findFirst();
    if (next.isPresent()) {
      running.add(next.get().id());
      mine.took(next.get().id());
      workers.execute(() -> work(next.get()));
    }
    return next.isPresent();
  }

  /** Starts no unit any more; what runs goes on. */
  synchronized void takeNoMore() {
    takesNoMore = true;
  }

  /** Whether no unit is being run. */
  synchronized boolean idle() {
    return running.isEmpty();
  }

  /** Every lease in hand, no more than one renewal names, and how far it has come. */
  synchronized List<Renewal.Held> held() {
    return station.leases().list().stream().limit(Renewal.LEASES_MAX).map(this::held).toList();
  }

  private Renewal.Held held(HeldLease lease) {
    Running child = children.get(lease.id());
    Spent spent = child == null ? Spent.NOTHING : child.spent();
    long permille = spent.wallMs() * Renewal.PERMILLE_MAX / lease.work().allotment().wallMs();
    int most = (int) Math.min(permille, Renewal.PERMILLE_MAX);
    return new Renewal.Held(lease.id(), most, spent.cpuMs());
  }

  /** Ends a unit that nobody wants any more, and lets go of its lease. */
  synchronized void drop(LeaseId lease, String reason) throws IOException {
    if (station.leases().list().stream().noneMatch(held -> held.id().equals(lease))) {
      return;
    }
    if (running.contains(lease)) {
      unwanted.put(lease, reason);
      Running child = children.get(lease);
      if (child != null) {
        child.stop();
      }
    } else {
      stopped(lease, reason);
    }
  }

  /** A unit that was stopped makes no line: nobody can check what it took. */
  private void stopped(LeaseId lease, String reason) throws IOException {
    station.leases().drop(lease);
    snapshots.forget(lease);
    retries.forget(lease);
    LOG.atInfo()
        .addKeyValue("lease", lease)
        .addKeyValue("reason", reason)
        .log("A unit is stopped; what it took counts for nothing, since nobody can check it");
    board.notice("a unit was stopped and does not count: " + reason);
  }

  /** What went wrong in this computer's own house; nothing can be done then but to stop. */
  synchronized Optional<Exception> broken() {
    return broken;
  }

  /**
   * Leases let go in a row, when one was since this was last asked; otherwise 0. Whoever asks for
   * work slows down by it: a computer that can run nothing must not eat up a batch.
   */
  synchronized int newlyLost() {
    int lost = lostOne ? lostInARow : 0;
    lostOne = false;
    return lost;
  }

  /** How long until a unit is due to be tried again. */
  Optional<Duration> untilRetry() {
    return retries.untilNext();
  }

  /** Ends all units at once; their leases stay in hand. */
  void stop() throws InterruptedException {
    synchronized (this) {
      workers.shutdownNow();
    }
    if (!workers.awaitTermination(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atWarn().log("A unit did not end in time; its process ends with this one");
    }
    places.leave(share);
    places.fill();
  }

  private void work(HeldLease lease) {
    boolean done = false;
    try {
      board.started(lease);
      done = run(lease);
    } catch (InterruptedException e) {
      // Told to stop: the lease stays in hand for the next start.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The disk, of all things: the unit is run again when it may be better.
      later(lease, String.valueOf(e.getMessage()), Duration.ZERO);
      board.notice("a unit waits until this computer's disk is better: " + e.getMessage());
    } catch (RuntimeException e) {
      broke(e);
    }
    try {
      leave(lease.id(), done);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("A lease could not be let go");
    } catch (RuntimeException e) {
      broke(e);
    }
    board.ended(lease.id(), done);
    share.left(lease.id());
    places.fill();
    wakeup.signal();
  }

  private synchronized void leave(LeaseId lease, boolean done) throws IOException {
    running.remove(lease);
    String reason = unwanted.remove(lease);
    if (reason != null && !done && inHand(lease)) {
      stopped(lease, reason);
    }
  }

  private boolean inHand(LeaseId lease) {
    return station.leases().list().stream().anyMatch(held -> held.id().equals(lease));
  }

  /** Something is wrong in this computer's own house. */
  synchronized void broke(Exception e) {
    if (!workers.isShutdown() && broken.isEmpty()) {
      broken = Optional.of(e);
    }
  }

  private boolean run(HeldLease lease) throws IOException, InterruptedException {
    Optional<String> unfit = fitness.unfit(lease);
    if (unfit.isPresent()) {
      letGo(lease, unfit.get());
      return false;
    }
    Optional<String> full = room.diskFull(lease.work().allotment().diskBytes());
    if (full.isPresent()) {
      later(lease, full.get(), Duration.ZERO);
      board.notice(full.get());
      return false;
    }
    Set<BlobRef> blobs = fitness.blobs(lease);
    try {
      Answer<Pantry.Laid> files = pantry.layOut(blobs);
      if (files instanceof Answer.Given<Pantry.Laid> given) {
        return run(lease, given.value());
      }
      if (files instanceof Answer.Unavailable<Pantry.Laid> not) {
        later(lease, not.sentence(), not.retryAfter());
      } else if (files instanceof Answer.Refused<Pantry.Laid> no) {
        letGo(lease, "its files cannot be had: " + no.problem().detail());
      }
      return false;
    } finally {
      pantry.clear(blobs);
    }
  }

  private boolean run(HeldLease lease, Pantry.Laid files) throws IOException, InterruptedException {
    Path directory = scratch.directory(lease.id());
    try {
      Running child;
      try {
        Task task = task(lease, files, directory);
        snapshots.give(lease.id(), task.resume());
        child = runner.start(task);
      } catch (IOException e) {
        return crashed(lease, "this computer could not run it: " + e.getMessage());
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        // A module is made ready here, and nobody can know all that one may be made to do to that.
        return crashed(lease, "this computer could not make it ready: " + e);
      }
      return settle(lease, await(lease.id(), child), child.engine(), directory);
    } finally {
      if (inHand(lease.id())) {
        snapshots.take(lease.id(), directory);
      }
      scratch.remove(directory);
    }
  }

  /** Runs a unit to its end, an interrupt, or the moment in which nobody wants it any more. */
  private RunOutcome await(LeaseId lease, Running child) throws InterruptedException {
    synchronized (this) {
      children.put(lease, child);
      if (unwanted.containsKey(lease)) {
        child.stop();
      }
    }
    try {
      return child.await();
    } finally {
      child.stop();
      synchronized (this) {
        children.remove(lease);
      }
    }
  }

  private synchronized boolean isUnwanted(LeaseId lease) {
    return unwanted.containsKey(lease);
  }

  private Task task(HeldLease lease, Pantry.Laid files, Path directory) {
    Map<BundlePath, Path> inputs = new LinkedHashMap<>();
    for (List<BlobRef> some : List.of(lease.work().inputs(), lease.lease().inputs())) {
      for (BlobRef input : some) {
        inputs.put(new BundlePath(input.name()), files.file(input));
      }
    }
    return new Task(
        runner.offered().software(lease.work().program(), files::file),
        lease.lease().args(),
        inputs,
        lease.work().allotment(),
        directory,
        lease.lease().engines(),
        Task.SNAPSHOT_MS,
        lease.receivedMs());
  }

  /** What the unit itself came to is reported, failures too; what this computer did is not. */
  private boolean settle(HeldLease lease, RunOutcome outcome, Engine engine, Path directory)
      throws IOException, InterruptedException {
    Optional<Reported> reported = Reported.of(outcome, engine);
    if (reported.isPresent()) {
      Path bundle = bundle(lease, outcome, reported.get(), directory);
      return keep(lease, UsageLines.of(lease, reported.get(), bundle), bundle);
    } else if (isUnwanted(lease.id())) {
      return false;
    } else if (outcome instanceof RunOutcome.Refused no) {
      letGo(lease, "its module may not run here: " + no.reason());
      return false;
    } else if (outcome instanceof RunOutcome.Crashed no) {
      if (engine == Engine.FAST) {
        Snapshots.discard(directory); // a compiled program may have written what it likes
      }
      if (!Snapshots.isIn(directory)) {
        snapshots.forget(lease.id()); // what it went on from may be why
      }
      return crashed(lease, no.reason());
    }
    throw new InterruptedException("stopped");
  }

  private static Path bundle(HeldLease lease, RunOutcome outcome, Reported reported, Path directory)
      throws IOException {
    if (outcome instanceof RunOutcome.Finished ok && ok.exit() == 0) {
      return ok.bundle();
    }
    LOG.atWarn()
        .addKeyValue("lease", lease.id())
        .addKeyValue("exit", reported.exit())
        .addKeyValue("reason", reported.reason())
        .log("A unit failed");
    return Files.write(directory.resolve("last-lines"), reported.lastLines().toArray());
  }

  private boolean keep(HeldLease lease, UsageLine line, Path bundle) throws InterruptedException {
    insist(() -> station.outbox().keep(line, bundle));
    insist(() -> station.leases().drop(lease.id()));
    snapshots.forget(lease.id());
    ended(lease.id(), false);
    LOG.atInfo()
        .addKeyValue("lease", lease.id())
        .addKeyValue("exit", line.exit())
        .addKeyValue("cpuMs", line.cpuMs())
        .addKeyValue("count", line.count())
        .log("A unit is finished");
    return true;
  }

  /** What a unit came to is not given up for a full disk: it waits for room. */
  private void insist(Change change) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        change.make();
        return;
      } catch (IOException e) {
        String sentence = "a finished unit waits for room on the disk: " + e.getMessage();
        LOG.atWarn().log(sentence);
        board.notice(sentence);
        sleeper.sleep(backoff.after(failures, Duration.ZERO));
      }
    }
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  private boolean crashed(HeldLease lease, String reason) throws IOException {
    if (retries.failures(lease.id()) + 1 >= STARTS_MAX) {
      letGo(lease, reason);
    } else {
      later(lease, reason, Duration.ZERO);
    }
    return false;
  }

  private void letGo(HeldLease lease, String reason) throws IOException {
    station.leases().drop(lease.id());
    snapshots.forget(lease.id());
    ended(lease.id(), true);
    LOG.atWarn()
        .addKeyValue("lease", lease.id())
        .addKeyValue("reason", reason)
        .log("A lease is let go; the coordinator gives it to another computer after its deadline");
    board.notice("a unit of " + lease.work().project() + " was not run: " + reason);
  }

  private void later(HeldLease lease, String reason, Duration asked) {
    Duration wait = retries.later(lease.id(), asked);
    LOG.atWarn()
        .addKeyValue("lease", lease.id())
        .addKeyValue("reason", reason)
        .addKeyValue("waitMs", wait.toMillis())
        .log("A unit waits");
  }

  private synchronized void ended(LeaseId lease, boolean lost) {
    retries.forget(lease);
    lostInARow = lost ? lostInARow + 1 : 0;
    lostOne |= lost;
  }
}
