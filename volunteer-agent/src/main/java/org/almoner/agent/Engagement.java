package org.almoner.agent;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import org.almoner.agent.blob.BlobCache;
import org.almoner.agent.contact.Allowance;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.LogTiles;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.NeedsOwner;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.run.Runner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's work for one coordinator, from the first meeting on: a key, a chain of reports, an
 * outbox and a patience of its own, so that nothing that goes wrong at one concerns another.
 */
final class Engagement {
  private static final Logger LOG = LoggerFactory.getLogger(Engagement.class);

  private final AgentSettings settings;
  private final CoordinatorAddress coordinator;
  private final Shared shared;
  private final Board board;
  private final Backoff backoff;
  private final PinBook pins;
  private final CoordinatorClient client;
  private final LogTiles tiles;
  private final Patience patience;
  private final List<String> damage = new ArrayList<>();
  private final SetAside aside;
  private final Wakeup wakeup = new Wakeup();
  private int keysSuspended;

  /** What the work for all coordinators has in common. */
  record Shared(
      HttpClient http,
      Allowance allowance,
      Runner runner,
      Disk disk,
      InstantSource clock,
      Sleeper sleeper,
      SecureRandom random,
      BlobCache blobs,
      Scratch scratch,
      Snapshots snapshots,
      Places places,
      ConcurrentMap<String, CoordinatorAddress> origins) {}

  Engagement(AgentSettings settings, CoordinatorAddress coordinator, Shared shared, Board board) {
    this.settings = settings;
    this.coordinator = coordinator;
    this.shared = shared;
    this.board = board;
    this.backoff = new Backoff(shared.random());
    this.pins = new PinBook(settings.home(), shared.disk());
    this.client =
        new CoordinatorClient(
            coordinator,
            shared.http(),
            settings.stallMax(),
            shared.allowance(),
            backoff,
            shared.sleeper());
    this.tiles = new LogTiles(coordinator, shared.http(), settings.stallMax(), shared.allowance());
    this.patience = new Patience(shared.clock(), backoff, board);
    this.aside = new SetAside(settings.home(), shared.disk(), damage::add);
  }

  /**
   * Works until told to stop or to finish; no unit of it runs when it returns.
   *
   * @throws ChangedIdentity when the coordinator is not the one first met
   * @throws IOException when nothing more can be done for this coordinator
   */
  void run(StopSignal stop) throws IOException, InterruptedException, ChangedIdentity {
    Optional<Path> damaged = Optional.empty();
    while (!ended(stop)) {
      try {
        turn(stop);
        return;
      } catch (DamagedFile e) {
        // What can be mended or spared is when the station is opened again, once for each file.
        if (damaged.filter(e.file()::equals).isPresent()) {
          throw e;
        }
        damaged = Optional.of(e.file());
      } catch (NeedsOwner e) {
        throw e;
      } catch (IOException e) {
        patience.diskFailed(e);
        wakeup.await(patience.left());
      }
    }
  }

  private static boolean ended(StopSignal stop) throws InterruptedException {
    if (stop.given()) {
      throw new InterruptedException("stopped");
    }
    return false;
  }

  private void turn(StopSignal stop) throws IOException, InterruptedException, ChangedIdentity {
    Pinned pinned = meet(stop);
    claim(pinned);
    Station station = open(pinned);
    try {
      shift(station).run(stop);
    } catch (KeySuspended e) {
      if (++keysSuspended == VolunteerAgent.KEYS_MAX) {
        throw new NeedsOwner(
            keysSuspended + " keys in a row were suspended; ask the operator: " + e.getMessage());
      }
      renew(station, pinned, String.valueOf(e.getMessage()));
      turn(stop);
    }
  }

  /** Two that write to one chain would end its key. */
  private void claim(Pinned pinned) throws NeedsOwner {
    CoordinatorAddress before = shared.origins().putIfAbsent(pinned.origin(), coordinator);
    if (before != null && !before.equals(coordinator)) {
      throw new NeedsOwner(
          "the coordinator at "
              + coordinator
              + " keeps the log "
              + pinned.origin()
              + ", which this agent serves at another address already, "
              + before
              + "; name one of the two");
    }
  }

  private Station open(Pinned pinned) throws IOException {
    Station station =
        Station.open(pins.directory(pinned), shared.disk(), pinned, shared.random(), tiles, aside);
    board.firstUnit(FirstUnit.told(station.shelf()));
    for (String sentence : damage) {
      LOG.atWarn().addKeyValue("reason", sentence).log("A file was damaged");
      board.notice(sentence);
    }
    damage.clear();
    LOG.atInfo()
        .addKeyValue("agent", station.key().id())
        .addKeyValue("origin", pinned.origin())
        .log("The agent starts");
    return station;
  }

  private void renew(Station station, Pinned pinned, String why) throws IOException {
    station.retire(pins.directory(pinned), shared.disk());
    LOG.atWarn().addKeyValue("reason", why).log("This computer takes a new key");
    board.notice(
        "this computer has a new key; link it to its donor again. The old one was suspended: "
            + why);
  }

  private Shift shift(Station station) throws IOException {
    Introducing introducing =
        new Introducing(settings, coordinator, station, client, pins, board, patience);
    Pantry pantry = new Pantry(shared.blobs(), client);
    RoomToWork room = new RoomToWork(settings, shared.disk(), pantry, shared.allowance());
    Bench bench = new Bench(settings, station, pantry, room, shared, backoff, board, wakeup);
    return new Shift(
        bench,
        introducing,
        new Reporting(
            station,
            client,
            shared.disk(),
            board,
            patience,
            introducing,
            () -> shared.allowance().left(Allowance.Use.WORK)),
        new Asking(
            settings,
            station,
            client,
            shared.clock(),
            shared.random(),
            board,
            patience,
            introducing,
            pantry::here,
            shared.runner().offered(),
            room::none),
        new Renewing(settings, station, client, bench, shared.random()),
        new FinishFile(settings.home(), shared.disk()),
        board,
        patience,
        backoff,
        wakeup);
  }

  private Pinned meet(StopSignal stop) throws IOException, InterruptedException, ChangedIdentity {
    Optional<Pinned> known = pins.at(coordinator);
    while (known.isEmpty()) {
      if (stop.given()) {
        throw new InterruptedException("stopped before the coordinator was met");
      }
      Answer<Pinned> answer = client.origin();
      if (answer instanceof Answer.Given<Pinned> given) {
        pins.meet(coordinator, given.value());
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
