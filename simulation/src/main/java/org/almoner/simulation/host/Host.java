package org.almoner.simulation.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.almoner.agent.AgentSettings;
import org.almoner.agent.SteppedAgent;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Reported;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.simulation.disk.MemoryDisk;
import org.almoner.simulation.disk.PowerCut;
import org.almoner.simulation.network.Replayer;
import org.almoner.simulation.network.Wire;
import org.almoner.simulation.server.Down;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.strategy.Made;
import org.almoner.simulation.strategy.Move;
import org.almoner.simulation.strategy.Strategy;
import org.almoner.simulation.strategy.Unit;
import org.almoner.simulation.truth.Puzzle;
import org.almoner.simulation.truth.TrueLine;
import org.almoner.simulation.truth.Truth;
import org.almoner.simulation.world.SeededRandom;
import org.almoner.simulation.world.World;

/**
 * One volunteer's computer with the real agent on its disk. It is switched on and off, runs as many
 * units at a time as it has cores, and speaks to the coordinator when all it had are finished.
 */
public final class Host {
  private static final CoordinatorAddress ADDRESS =
      CoordinatorAddress.parse("https://simulation.example");

  private static final Path HOME = Path.of("/agent");
  private static final Path RECEIPTS =
      HOME.resolve("origins")
          .resolve(Hash.sha256(Server.ORIGIN.getBytes(StandardCharsets.UTF_8)).toHex())
          .resolve(AgentShelf.IN_USE)
          .resolve(AgentShelf.DIRECTORY)
          .resolve("reports");
  private static final long MEMORY = 4L << 30;
  private static final long RESIDENT = 32L << 20;
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int DARK_MINUTES_MAX = 60;
  private static final Duration STALL = Duration.ofSeconds(30);

  private final World world;
  private final Server server;
  private final Truth truth;
  private final Machine machine;
  private final Person person;
  private final String strategyName;
  private final Strategy strategy;
  private final long meanCount;
  private final Wire wire;
  private final MemoryDisk disk;
  private final RandomGenerator draws;
  private final SeededRandom random;
  private final OwnClock clock;
  private final AgentSettings settings;
  private final Sight sight;
  private final Map<LeaseId, HeldLease> running = new HashMap<>();
  private final Set<LeaseId> seen = new HashSet<>();
  private Optional<SteppedAgent> agent = Optional.empty();
  private Optional<AgentId> linked = Optional.empty();
  private long session;
  private long retiredKeys;
  private long retiredBefore;
  private boolean gone;
  private long onSinceMs;

  /** Puts a computer together, switched off. */
  public Host(Parts parts) {
    this.world = parts.world();
    this.server = parts.server();
    this.truth = parts.truth();
    this.machine = parts.machine();
    this.person = parts.person();
    this.strategyName = parts.strategyName();
    this.strategy = parts.strategy();
    this.meanCount = parts.meanCount();
    this.wire = parts.wire();
    this.disk = new MemoryDisk();
    this.draws = world.draws("host " + machine.name());
    this.random = new SeededRandom(world.draws("secrets of " + machine.name()));
    this.clock = new OwnClock(world, machine.clockOff(), machine.clockDriftPpm());
    this.settings =
        new AgentSettings(
            HOME,
            ADDRESS,
            new Lent(machine.cores(), 1, MEMORY, MEMORY),
            machine.want(),
            Server.METER,
            "almoner-agent/simulation",
            new Computer("linux", "amd64", machine.cores(), MEMORY),
            1 << 20,
            STALL);
    this.sight = new Sight(world, server, person, draws);
  }

  /** Its name. */
  public String name() {
    return machine.name();
  }

  /** Whose it is. */
  public Person person() {
    return person;
  }

  /** What it can do. */
  public Machine machine() {
    return machine;
  }

  /** Whether its owner means well. */
  public boolean honest() {
    return strategy.honest();
  }

  /** How its owner behaves, by name. */
  public String strategyName() {
    return strategyName;
  }

  /** Its disk. */
  public MemoryDisk disk() {
    return disk;
  }

  /** Its way to the coordinator. */
  public Wire wire() {
    return wire;
  }

  /** Whether it was taken out of use for good. */
  public boolean gone() {
    return gone;
  }

  /** Keys that it had to give up. */
  public long retiredKeys() {
    return retiredKeys;
  }

  /** How it stands, for people. */
  public String story() {
    return agent
        .map(
            a ->
                a.inHand().size()
                    + " leases in hand, "
                    + running.size()
                    + " running, "
                    + a.waiting()
                    + " lines wait, "
                    + retiredKeys
                    + " keys given up")
        .orElse("it is off");
  }

  /** Since when it is on, while it is. */
  public OptionalLong onSinceMs() {
    return agent.isPresent() ? OptionalLong.of(onSinceMs) : OptionalLong.empty();
  }

  /** The agent while it is on. */
  public Optional<SteppedAgent> agent() {
    return agent;
  }

  /** Is switched on and off by its hours from now on. */
  public void beginLife() {
    Instant next = machine.hours().next(world.instant(), draws);
    planInThisState(Duration.between(world.instant(), next), "is switched on", this::switchOn);
  }

  /** Plans an event that only happens when the computer was neither on nor off meanwhile. */
  private void planInThisState(Duration wait, String what, World.Event event) {
    long mine = session;
    world.after(
        wait,
        name(),
        what,
        () -> {
          if (session == mine) {
            event.happen();
          }
        });
  }

  private void switchOn() throws IOException {
    stop();
    guarded(
        () -> {
          agent = Optional.of(SteppedAgent.open(settings, contact(), wire, disk, clock, random));
          planInThisState(machine.hours().length(draws), "is switched off", this::switchOff);
          onSinceMs = world.millis();
          talk();
        });
  }

  /** Switches it off and, after some time, on again by its hours. */
  public void switchOff() {
    stop();
    beginLife();
  }

  /** Takes it out of use for a while. */
  public void rest(Duration time) {
    stop();
    planInThisState(time, "is used again", this::beginLife);
  }

  private void stop() {
    session++;
    retiredBefore = retiredKeys;
    agent = Optional.empty();
    running.clear();
  }

  private Contact contact() {
    return strategy.replays()
        ? new Replayer(
            wire,
            report ->
                agent
                    .flatMap(SteppedAgent::key)
                    .orElseThrow()
                    .sign(Envelope.Kind.USAGE_REPORT, report.toJson()))
        : wire;
  }

  /** Takes power cuts as they come. */
  private void guarded(World.Event event) throws IOException {
    try {
      event.happen();
    } catch (PowerCut e) {
      stop();
      Duration dark = Duration.ofMinutes(draws.nextInt(1, DARK_MINUTES_MAX));
      planInThisState(dark, "has power again", this::switchOn);
    }
  }

  private void plan(Duration wait, String what, World.Event event) {
    planInThisState(wait, what, () -> guarded(event));
  }

  private void talk() throws IOException {
    SteppedAgent mine = agent.orElseThrow();
    Duration quiet = mine.speak();
    boolean mayLink = !machine.linksLate() || !mine.inHand().isEmpty();
    if (mayLink && link(mine)) {
      quiet = mine.speak();
    }
    forgetOldReceipts();
    sight.look(mine);
    retiredKeys = mine.keysTaken() + retiredBefore;
    Move move = strategy.next(sight);
    if (move != Move.STAY) {
      make(move);
      return;
    }
    for (HeldLease lease : mine.inHand()) {
      if (seen.add(lease.id())) {
        strategy.given(lease.id());
      }
    }
    begin();
    if (running.isEmpty()) {
      Duration wait = quiet.compareTo(SOON) < 0 ? SOON : quiet;
      plan(wait, "speaks", this::talk);
    }
  }

  private void make(Move move) throws IOException {
    if (move == Move.LEAVE) {
      stop();
      gone = true;
      return;
    }
    if (move != Move.NEW_KEY) {
      person.becomeAnother();
    }
    if (move == Move.SWAP_DONOR) {
      linked = Optional.empty();
      sight.forget();
      plan(SOON, "speaks for another donor", this::talk);
      return;
    }
    beginAnew();
  }

  /** Everything on the disk is gone, and the agent is installed again. */
  public void beginAnew() throws IOException {
    disk.wipe();
    linked = Optional.empty();
    sight.forget();
    restart();
  }

  /** Holds what another disk held. */
  public void restore(MemoryDisk.Copy copy) throws IOException {
    disk.restore(copy);
    restart();
  }

  private void restart() throws IOException {
    if (agent.isPresent()) {
      switchOn();
    }
  }

  /** A new key does not know whose it is; its owner says so. */
  private boolean link(SteppedAgent mine) throws IOException {
    Optional<AgentId> id = mine.id();
    if (id.isEmpty() || id.equals(linked)) {
      return false;
    }
    try {
      mine.link(person.code());
      linked = id;
      return true;
    } catch (Down e) {
      return false; // Tried again when it speaks next.
    }
  }

  /** Receipts are kept for ever, and a year of them for a thousand computers is too much here. */
  private void forgetOldReceipts() {
    List<Path> receipts = disk.list(RECEIPTS);
    for (int i = 0; i + 1 < receipts.size(); i++) {
      disk.forget(receipts.get(i));
    }
  }

  private void begin() throws IOException {
    SteppedAgent mine = agent.orElseThrow();
    for (HeldLease lease : mine.inHand()) {
      if (running.size() == machine.cores()) {
        return;
      }
      if (running.containsKey(lease.id())) {
        continue;
      }
      if (lease.leftMs(clock.millis()) <= 0) {
        mine.letGo(lease);
        continue;
      }
      run(lease);
    }
  }

  private void run(HeldLease lease) {
    long count = Puzzle.count(lease.id(), meanCount);
    long waited = Math.max(0, clock.millis() - lease.receivedMs());
    Unit unit = new Unit(lease.id(), count, count / machine.speed() + 1, waited);
    Made made = strategy.make(unit, sight);
    running.put(lease.id(), lease);
    plan(Duration.ofMillis(made.takesMs()), "finishes a unit", () -> finish(lease, made));
  }

  private void finish(HeldLease lease, Made made) throws IOException {
    SteppedAgent mine = agent.orElseThrow();
    running.remove(lease.id());
    if (made.ready()) {
      truth.tell(
          lease.id(),
          new TrueLine(
              strategyName,
              person.number(),
              strategy.honest(),
              made.right(),
              made.realMs(),
              made.claimedMs()));
      mine.finish(lease, reported(made), made.output());
      sight.finished();
    }
    begin();
    if (running.isEmpty()) {
      talk();
    }
  }

  private Reported reported(Made made) {
    long end = clock.millis();
    long wall = made.claimedMs();
    Measured measured =
        new Measured(end - wall, end, wall, made.claimedMs(), RESIDENT, RESIDENT, RESIDENT);
    return new Reported(
        Engine.PORTABLE,
        0,
        made.count(),
        Hash.sha256(made.output().toArray()),
        "",
        List.of(),
        measured);
  }
}
