package org.almoner.agent;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.almoner.agent.blob.BlobCache;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.LogTiles;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.HomeLock;
import org.almoner.agent.enrolment.Introduction;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.process.Orphans;
import org.almoner.agent.sign.AgentKey;
import org.almoner.protocol.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One computer that lends to one coordinator.
 *
 * <p>Everything it keeps lies below its home: {@code addresses/} and {@code origins/} (whom it met,
 * and for each its key, leases, outbox, shelf and largest checkpoint), {@code blobs/}, {@code
 * scratch/} and {@code status.json}. One process works in a home at a time.
 */
public final class VolunteerAgent {
  /** Keys that one run takes; a coordinator that suspends them all must be spoken to by people. */
  static final int KEYS_MAX = 3;

  private static final String LOCK = "lock";
  private static final String SCRATCH = "scratch";
  private static final Logger LOG = LoggerFactory.getLogger(VolunteerAgent.class);

  private final AgentSettings settings;
  private final Runner runner;
  private final Disk disk;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Backoff backoff;
  private final PinBook pins;
  private final CoordinatorClient client;
  private final LogTiles tiles;
  private final Wakeup wakeup = new Wakeup();

  /**
   * Puts an agent together; nothing happens before {@link #run}.
   *
   * @param http {@link CoordinatorClient#transport} with the trust of the caller's choice
   * @param sleeper waits between attempts of one call; throws when its thread is interrupted
   */
  public VolunteerAgent(
      AgentSettings settings,
      HttpClient http,
      Runner runner,
      Disk disk,
      InstantSource clock,
      Sleeper sleeper,
      SecureRandom random) {
    this.settings = settings;
    this.runner = runner;
    this.disk = disk;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(random);
    this.pins = new PinBook(settings.home(), disk);
    this.client =
        new CoordinatorClient(settings.coordinator(), http, settings.stallMax(), backoff, sleeper);
    this.tiles = new LogTiles(settings.coordinator(), http, settings.stallMax());
  }

  /**
   * Works until told to stop; returns within two seconds then, with no process left behind. Told to
   * finish by a {@link FinishFile}, it takes no new work and returns when what ran is proved.
   *
   * @throws ChangedIdentity when the coordinator is not the one first met
   * @throws IOException when this computer's disk fails, or another agent works in the home
   */
  public void run(StopSignal stop) throws IOException, ChangedIdentity {
    disk.makeDirectory(settings.home());
    Board board = new Board(new StatusFile(settings.home(), disk)::write, clock);
    HomeLock lock =
        lock()
            .orElseThrow(
                () ->
                    new IOException(
                        "another agent works in "
                            + settings.home()
                            + "; stop it, or choose another directory"));
    try {
      AtomicReference<@Nullable Thread> self = new AtomicReference<>(Thread.currentThread());
      stop.onStop(
          () -> {
            Thread running = self.get();
            if (running != null) {
              running.interrupt();
            }
          });
      board.starting();
      String reason = "stopped by its owner";
      FinishFile finish = new FinishFile(settings.home(), disk);
      finish.clear();
      try {
        work(stop, board);
        reason = finish.asked() ? "finished what it ran, as its owner asked" : reason;
        finish.clear();
      } catch (InterruptedException e) {
        LOG.atInfo().log("The agent stops");
      } catch (IOException | ChangedIdentity | RuntimeException e) {
        reason = String.valueOf(e.getMessage());
        throw e;
      } finally {
        self.set(null);
        board.stopped(reason);
      }
    } finally {
      lock.close();
    }
  }

  /**
   * Says that this computer belongs to the donor who drew {@code code}.
   *
   * @throws ChangedIdentity when the coordinator is not the one first met
   */
  public LinkOutcome link(String code) throws IOException, InterruptedException, ChangedIdentity {
    return wish(introduction -> introduction.link(code));
  }

  /** Says that this computer belongs to nobody in particular from now on. */
  public LinkOutcome unlink() throws IOException, InterruptedException, ChangedIdentity {
    return wish(Introduction::unlink);
  }

  @FunctionalInterface
  private interface Wish {
    void note(Introduction introduction) throws IOException;
  }

  private LinkOutcome wish(Wish wish) throws IOException, InterruptedException, ChangedIdentity {
    disk.makeDirectory(settings.home());
    Optional<HomeLock> lock = lock();
    if (lock.isEmpty()) {
      return leave(wish);
    }
    try {
      return passOn(wish);
    } finally {
      lock.get().close();
    }
  }

  private LinkOutcome leave(Wish wish) throws IOException {
    Optional<Pinned> pinned = pins.at(settings.coordinator());
    if (pinned.isEmpty()) {
      return new LinkOutcome.Unavailable(
          "the running agent has not met the coordinator yet; try again in a moment");
    }
    Path directory = pins.directory(pinned.get());
    if (!Station.hasKey(directory)) {
      // The running agent makes it; two makers would leave a wish signed by a key that is not its.
      return new LinkOutcome.Unavailable(
          "the running agent is about to take a key; try again in a moment");
    }
    AgentKey key = Station.key(directory, disk, random);
    wish.note(Station.introduction(directory, disk, pinned.get(), key));
    return new LinkOutcome.LeftToRunningAgent();
  }

  private LinkOutcome passOn(Wish wish) throws IOException, InterruptedException, ChangedIdentity {
    Optional<Pinned> pinned = pins.at(settings.coordinator());
    if (pinned.isEmpty()) {
      Answer<Pinned> answer = client.origin();
      if (!(answer instanceof Answer.Given<Pinned> given)) {
        return new LinkOutcome.Unavailable(
            answer.match(Pinned::origin, Problem::detail, Answer.Unavailable::sentence));
      }
      pins.meet(settings.coordinator(), given.value());
      pinned = Optional.of(given.value());
    }
    Station station = Station.open(pins.directory(pinned.get()), disk, pinned.get(), random, tiles);
    wish.note(station.introduction());
    Board board = new Board(status -> {}, clock);
    Patience patience = new Patience(clock, backoff, board);
    Introducing introducing = new Introducing(settings, station, client, pins, board, patience);
    try {
      if (!introducing.run()) {
        return new LinkOutcome.Unavailable(board.reason());
      }
    } catch (KeySuspended e) {
      return new LinkOutcome.Unavailable(
          e.getMessage() + "; start the agent, which takes a new key, and link it then");
    }
    return introducing
        .linkRefused()
        .<LinkOutcome>map(LinkOutcome.Refused::new)
        .orElseGet(LinkOutcome.Done::new);
  }

  private Optional<HomeLock> lock() throws IOException {
    return HomeLock.take(settings.home().resolve(LOCK));
  }

  /** Whether an agent works in that home at this moment. */
  public static boolean worksIn(Path home) throws IOException {
    if (!Files.exists(home.resolve(LOCK))) {
      return false;
    }
    Optional<HomeLock> lock = HomeLock.take(home.resolve(LOCK));
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  private void work(StopSignal stop, Board board)
      throws IOException, InterruptedException, ChangedIdentity {
    int orphans = Orphans.end(settings.home().resolve(SCRATCH));
    if (orphans > 0) {
      LOG.atWarn().addKeyValue("processes", orphans).log("Units of a killed agent were ended");
    }
    Patience patience = new Patience(clock, backoff, board);
    Pinned pinned = meet(stop, patience);
    String news = "";
    for (int keys = 1; ; keys++) {
      Station station = Station.open(pins.directory(pinned), disk, pinned, random, tiles);
      board.firstUnit(FirstUnit.told(station.shelf()));
      if (!news.isEmpty()) {
        board.notice(news);
      }
      LOG.atInfo()
          .addKeyValue("agent", station.key().id())
          .addKeyValue("origin", pinned.origin())
          .log("The agent starts");
      try {
        shift(station, board, patience).run(stop);
        return;
      } catch (KeySuspended e) {
        if (keys == KEYS_MAX) {
          throw new IOException(
              KEYS_MAX + " keys in a row were suspended; ask the operator: " + e.getMessage(), e);
        }
        station.retire(pins.directory(pinned), disk);
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("This computer takes a new key");
        news =
            "this computer has a new key; link it to its donor again. The old one was suspended: "
                + e.getMessage();
      }
    }
  }

  private Shift shift(Station station, Board board, Patience patience) throws IOException {
    Introducing introducing = new Introducing(settings, station, client, pins, board, patience);
    Path blobs = settings.home().resolve("blobs");
    Pantry pantry = new Pantry(new BlobCache(blobs, disk, clock, settings.blobOctetsMax()), client);
    Bench bench =
        new Bench(
            settings,
            station,
            pantry,
            runner,
            clock,
            backoff,
            board,
            wakeup,
            new Scratch(settings.home().resolve(SCRATCH)));
    return new Shift(
        bench,
        introducing,
        new Reporting(station, client, disk, board, patience, introducing),
        new Asking(
            settings,
            station,
            client,
            clock,
            random,
            board,
            patience,
            introducing,
            pantry::here,
            runner.offered()),
        new Renewing(settings, station, client, bench, random),
        new FinishFile(settings.home(), disk),
        board,
        patience,
        backoff,
        wakeup);
  }

  private Pinned meet(StopSignal stop, Patience patience)
      throws IOException, InterruptedException, ChangedIdentity {
    Optional<Pinned> known = pins.at(settings.coordinator());
    while (known.isEmpty()) {
      if (stop.given()) {
        throw new InterruptedException("stopped before the coordinator was met");
      }
      Answer<Pinned> answer = client.origin();
      if (answer instanceof Answer.Given<Pinned> given) {
        pins.meet(settings.coordinator(), given.value());
        known = Optional.of(given.value());
      } else if (answer instanceof Answer.Refused<Pinned> no) {
        patience.troubled(no.problem().detail());
      } else if (answer instanceof Answer.Unavailable<Pinned> not) {
        patience.unanswered(not);
      }
      if (known.isEmpty()) {
        wakeup.await(patience.left());
      }
    }
    return known.get();
  }
}
