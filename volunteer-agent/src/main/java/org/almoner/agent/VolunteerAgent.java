package org.almoner.agent;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.agent.blob.BlobCache;
import org.almoner.agent.contact.Allowance;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.LogTiles;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.HomeLock;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.enrolment.Introduction;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.process.Orphans;
import org.almoner.agent.sign.AgentKey;
import org.almoner.protocol.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One computer that lends to one coordinator, or to several that share its time.
 *
 * <p>Everything it keeps lies below its home: {@code addresses/} and {@code origins/} (whom it met,
 * and for each its key, leases, outbox, shelf and largest checkpoint), {@code blobs/}, {@code
 * scratch/}, {@code snapshots/} and {@code status.json}. One process works in a home at a time.
 */
public final class VolunteerAgent {
  /** Keys that one run takes; a coordinator that suspends them all must be spoken to by people. */
  static final int KEYS_MAX = 3;

  private static final String LOCK = "lock";
  private static final String SCRATCH = "scratch";
  private static final Logger LOG = LoggerFactory.getLogger(VolunteerAgent.class);

  private final AgentSettings settings;
  private final HttpClient http;
  private final Runner runner;
  private final Disk disk;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final SecureRandom random;
  private final PinBook pins;

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
    this.http = http;
    this.runner = runner;
    this.disk = disk;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    this.pins = new PinBook(settings.home(), disk);
  }

  /**
   * Works until told to stop; returns within two seconds then, with no process left behind. Told to
   * finish by a {@link FinishFile}, it takes no new work and returns when what ran is proved.
   *
   * <p>What ends the work for one of several coordinators leaves the others alone; it is thrown
   * when nothing is left to do for any.
   *
   * @throws ChangedIdentity when the coordinator is not the one first met
   * @throws IOException when nothing more can be done for the coordinator, or another agent works
   *     in the home
   */
  public void run(StopSignal stop) throws IOException, ChangedIdentity {
    disk.makeDirectory(settings.home());
    HomeLock lock =
        lock()
            .orElseThrow(
                () ->
                    new IOException(
                        "another agent works in "
                            + settings.home()
                            + "; stop it, or choose another directory"));
    try {
      FinishFile finish = new FinishFile(settings.home(), disk);
      finish.clear();
      work(stop);
      finish.clear();
    } catch (InterruptedException e) {
      LOG.atInfo().log("The agent stops");
    } finally {
      lock.close();
    }
  }

  private void work(StopSignal stop) throws IOException, InterruptedException, ChangedIdentity {
    int orphans = Orphans.end(settings.home().resolve(SCRATCH));
    if (orphans > 0) {
      LOG.atWarn().addKeyValue("processes", orphans).log("Units of a killed agent were ended");
    }
    Noticeboard notices = new Noticeboard(settings.coordinators(), this::show, clock);
    Allowance allowance = allowance();
    Engagement.Shared shared = shared(allowance);
    List<Engaged> all = new ArrayList<>();
    for (CoordinatorAddress coordinator : settings.coordinators()) {
      Board board = notices.of(coordinator);
      Engagement engagement = new Engagement(settings, coordinator, shared, board);
      all.add(new Engaged(engagement, board, new FinishFile(settings.home(), disk), stop));
    }
    try {
      all.forEach(Engaged::start);
      for (Engaged engaged : all) {
        engaged.join();
      }
    } finally {
      allowance.close();
    }
    all.forEach(Engaged::sayEnded);
    for (Engaged engaged : all) {
      engaged.raise();
    }
  }

  private void show(Status status) {
    try {
      new StatusFile(settings.home(), disk).write(status);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The status is not on disk");
    }
  }

  private Allowance allowance() throws IOException {
    if (settings.dailyOctets() == Long.MAX_VALUE) {
      return Allowance.unlimited();
    }
    SetAside aside =
        new SetAside(
            settings.home(),
            disk,
            sentence -> LOG.atWarn().addKeyValue("reason", sentence).log("A file was damaged"));
    return Allowance.open(settings.home(), disk, clock, settings.dailyOctets(), aside);
  }

  private Engagement.Shared shared(Allowance allowance) throws IOException {
    Path blobs = settings.home().resolve("blobs");
    Snapshots snapshots = new Snapshots(settings.home().resolve("snapshots"));
    return new Engagement.Shared(
        http,
        allowance,
        runner,
        disk,
        clock,
        sleeper,
        random,
        new BlobCache(blobs, disk, clock, settings.blobOctetsMax()),
        new Scratch(settings.home().resolve(SCRATCH), snapshots),
        snapshots,
        new Places(settings.lent().unitsOn(settings.computer().cores()), clock, random),
        new ConcurrentHashMap<>());
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

  /** A code is of one coordinator. */
  private CoordinatorAddress coordinator() {
    if (settings.coordinators().size() > 1) {
      throw new IllegalStateException("a computer is linked at one coordinator at a time");
    }
    return settings.coordinators().get(0);
  }

  private LinkOutcome leave(Wish wish) throws IOException {
    Optional<Pinned> pinned = pins.at(coordinator());
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
    CoordinatorAddress coordinator = coordinator();
    Backoff backoff = new Backoff(random);
    CoordinatorClient client =
        new CoordinatorClient(coordinator, http, settings.stallMax(), backoff, sleeper);
    LogTiles tiles = new LogTiles(coordinator, http, settings.stallMax(), Allowance.unlimited());
    Optional<Pinned> pinned = pins.at(coordinator);
    if (pinned.isEmpty()) {
      Answer<Pinned> answer = client.origin();
      if (!(answer instanceof Answer.Given<Pinned> given)) {
        return new LinkOutcome.Unavailable(
            answer.match(Pinned::origin, Problem::detail, Answer.Unavailable::sentence));
      }
      pins.meet(coordinator, given.value());
      pinned = Optional.of(given.value());
    }
    SetAside aside = new SetAside(settings.home(), disk, sentence -> LOG.atWarn().log(sentence));
    Station station =
        Station.open(pins.directory(pinned.get()), disk, pinned.get(), random, tiles, aside);
    wish.note(station.introduction());
    Board board = new Board(status -> {}, clock);
    Patience patience = new Patience(clock, backoff, board);
    Introducing introducing =
        new Introducing(settings, coordinator, station, client, pins, board, patience);
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
}
