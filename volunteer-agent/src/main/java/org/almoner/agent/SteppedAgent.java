package org.almoner.agent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.LogSource;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.Reported;
import org.almoner.agent.sign.AgentKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.problem.Problem;

/**
 * An agent whose turns are taken from outside. It decides, signs, keeps and checks what the running
 * one does, by the same parts, but has no thread, starts no process and never waits: whoever takes
 * its turns says what came of a unit, and when it speaks next.
 *
 * <p>Opening it again on its disk is a restart.
 */
public final class SteppedAgent {
  private final AgentSettings settings;
  private final CoordinatorAddress coordinator;
  private final Contact contact;
  private final LogSource log;
  private final Disk disk;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PinBook pins;
  private final Board board;
  private final Patience patience;
  private final Path desk;
  private final SetAside aside;
  private final List<String> told = new ArrayList<>();
  private Optional<AtWork> atWork = Optional.empty();
  private int keysTaken;

  /** What belongs to one key. */
  private record AtWork(
      Station station, Introducing introducing, Reporting reporting, Asking asking) {}

  private SteppedAgent(
      AgentSettings settings,
      Contact contact,
      LogSource log,
      Disk disk,
      InstantSource clock,
      SecureRandom random) {
    this.settings = settings;
    this.coordinator = settings.coordinators().get(0);
    this.contact = contact;
    this.log = log;
    this.disk = disk;
    this.clock = clock;
    this.random = random;
    this.pins = new PinBook(settings.home(), disk);
    this.board = new Board(status -> {}, clock);
    this.patience = new Patience(clock, new Backoff(random), board);
    this.desk = settings.home().resolve("desk");
    this.aside = new SetAside(settings.home(), disk, told::add);
  }

  /**
   * Opens an agent on what its disk holds, tidied up after a crash. It lends to the first of its
   * coordinators.
   *
   * @param contact each of its calls is made once and returns without waiting
   */
  public static SteppedAgent open(
      AgentSettings settings,
      Contact contact,
      LogSource log,
      Disk disk,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    SteppedAgent agent = new SteppedAgent(settings, contact, log, disk, clock, random);
    disk.makeDirectory(agent.desk);
    Optional<Pinned> pinned = agent.pins.at(agent.coordinator);
    if (pinned.isPresent()) {
      agent.sitDown(pinned.get());
    }
    return agent;
  }

  private AtWork sitDown(Pinned pinned) throws IOException {
    Station station = Station.open(pins.directory(pinned), disk, pinned, random, log, aside);
    Introducing introducing =
        new Introducing(settings, coordinator, station, contact, pins, board, patience);
    AtWork now =
        new AtWork(
            station,
            introducing,
            new Reporting(
                station, contact, disk, board, patience, introducing, () -> Long.MAX_VALUE),
            new Asking(
                settings,
                station,
                contact,
                clock,
                random,
                board,
                patience,
                introducing,
                List::of,
                Offered.PORTABLE_ONLY,
                Optional::empty));
    atWork = Optional.of(now);
    return now;
  }

  /**
   * Says what there is to say: who it is, what is finished, that it wants work. A key that is
   * suspended is put aside for another one, and the first time it only meets its coordinator.
   *
   * @return how long it is to be quiet; zero when there is nothing to wait for but a unit
   * @throws IOException when the disk fails
   */
  public Duration speak() throws IOException {
    try {
      return turn();
    } catch (KeySuspended e) {
      AtWork retired = atWork.orElseThrow();
      Pinned pinned = retired.station().coordinator();
      retired.station().retire(pins.directory(pinned), disk);
      sitDown(pinned);
      keysTaken++;
      return Duration.ZERO;
    } catch (ChangedIdentity e) {
      throw new IllegalStateException("the coordinator became another one", e);
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
  }

  private Duration turn() throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    if (patience.left().isZero() && atWork.isEmpty()) {
      meet();
      return patience.left(); // Its owner may link it before it asks for work.
    }
    if (!patience.left().isZero()) {
      return patience.left();
    }
    AtWork now = atWork.orElseThrow();
    if (now.introducing().run() && now.reporting().run() && ask(now)) {
      patience.answered();
      return now.asking().left();
    }
    return patience.left();
  }

  private static boolean ask(AtWork now) throws IOException, InterruptedException, KeySuspended {
    if (now.reporting().newlyRight()) {
      now.asking().rest(Duration.ZERO);
    }
    return now.asking().run();
  }

  private void meet() throws IOException, InterruptedException, ChangedIdentity {
    Answer<Pinned> answer = contact.origin();
    if (answer instanceof Answer.Given<Pinned> given) {
      pins.meet(coordinator, given.value());
      sitDown(given.value());
      return;
    }
    if (answer instanceof Answer.Unavailable<Pinned> not) {
      patience.unanswered(not);
    } else {
      patience.troubled(
          answer.match(Pinned::origin, Problem::detail, Answer.Unavailable::sentence));
    }
  }

  /** Leases in hand whose units are to be run, oldest first. */
  public List<HeldLease> inHand() {
    return atWork.map(now -> now.station().leases().list()).orElse(List.of());
  }

  /** Keeps what came of a unit; it is reported when the agent speaks next. */
  public void finish(HeldLease lease, Reported run, Bytes bundle) throws IOException {
    Station station = atWork.orElseThrow().station();
    Path file = desk.resolve("bundle");
    disk.write(file, bundle);
    station.outbox().keep(UsageLines.of(lease, run, bundle), file);
    station.leases().drop(lease.id());
  }

  /** Lets go of a lease whose unit cannot be finished. */
  public void letGo(HeldLease lease) throws IOException {
    atWork.orElseThrow().station().leases().drop(lease.id());
  }

  /** Finished lines whose proof has not come yet. */
  public int waiting() {
    return atWork.map(now -> now.station().outbox().waiting()).orElse(0);
  }

  /** Reports that were refused and put aside. */
  public int putAside() throws IOException {
    return atWork.isEmpty() ? 0 : atWork.get().station().outbox().putAside();
  }

  /** Wishes to be linked to the donor who drew {@code code}; said when it speaks next. */
  public void link(String code) throws IOException {
    atWork.orElseThrow().station().introduction().link(code);
  }

  /** Wishes to belong to no donor; said when it speaks next. */
  public void unlink() throws IOException {
    atWork.orElseThrow().station().introduction().unlink();
  }

  /** The key in use; empty before it met its coordinator. */
  public Optional<AgentKey> key() {
    return atWork.map(now -> now.station().key());
  }

  /** Who it is; empty before it met its coordinator. */
  public Optional<AgentId> id() {
    return key().map(AgentKey::id);
  }

  /** A sentence for each file of its home that was found damaged. */
  public List<String> damage() {
    return List.copyOf(told);
  }

  /** How often it took another key because the one before was suspended. */
  public int keysTaken() {
    return keysTaken;
  }
}
