package org.almoner.simulation.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.keys.Keys;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.simulation.world.SeededRandom;
import org.almoner.simulation.world.World;

/**
 * The charity's server: the real coordinator, one request after the other, on stores that can fail.
 *
 * <p>When a store fails the coordinator stops for good, as it does anywhere; some time later it is
 * opened again on what was durable.
 */
public final class Server {
  /** Name of its log. */
  public static final String ORIGIN = "simulation.example/2026";

  /** How instructions are counted, by name. */
  public static final String METER = "simulated";

  private static final long UNITS = 100_000_000;

  /** Instructions a millisecond on the operator's own computer, an ordinary one. */
  public static final long REFERENCE_RATE = 1_000_000;

  private static final Duration TICK = Duration.ofHours(6);

  /** The shortest and the longest time until it is opened again, in minutes. */
  private static final int REPAIR_MIN = 5;

  private static final int REPAIR_MAX = 240;

  private final World world;
  private final UnaryOperator<Config> settings;
  private final int releases;
  private final int batchDays;
  private final RandomGenerator draws;
  private final SeededRandom random;
  private final FailingStores stores = new FailingStores();
  private final Keys keys;
  private final Project project;
  private Optional<Coordinator> coordinator = Optional.empty();
  private final List<BatchId> batches = new ArrayList<>();
  private long rounds = -1;
  private boolean workIsOver;
  private long failures;
  private boolean accounted;

  /**
   * Opens it for the first time.
   *
   * @param settings what is changed of the defaults
   * @param releases how many releases have work, 1 to 16
   * @param batchDays after how many days a batch is stopped and another takes its place; 0 for
   *     never
   */
  public Server(World world, UnaryOperator<Config> settings, int releases, int batchDays)
      throws IOException {
    this.world = world;
    this.settings = settings;
    this.releases = releases;
    this.batchDays = batchDays;
    this.draws = world.draws("server");
    this.random = new SeededRandom(world.draws("server secrets"));
    this.keys = new Keys(SigningKey.generate(random), SigningKey.generate(random));
    this.project = new Project(ORIGIN, SigningKey.generate(random));
    open();
    tick();
  }

  private void open() throws IOException {
    Config config =
        settings.apply(
            Config.of(ORIGIN, "almoner/simulation", METER)
                .withOpenPeriod(true)
                .withRetry(Duration.ofHours(1))
                .withReferenceRate(REFERENCE_RATE));
    try {
      coordinator =
          Optional.of(
              Coordinator.open(
                  config,
                  stores.stores(),
                  stores.keys(),
                  project,
                  (module, allotment) -> Optional.empty(),
                  keys,
                  world,
                  random));
    } catch (LogRefused e) {
      throw new IOException("the coordinator does not open on what was durable", e);
    }
  }

  /** Asks for something, and waits for the answer. */
  public <T> T ask(Function<Coordinator, CompletableFuture<T>> question) throws Down {
    Coordinator asked = coordinator.orElseThrow(Down::new);
    try {
      return question.apply(asked).join();
    } catch (CompletionException e) {
      if (asked.stopped().isPresent()) {
        repairLater();
        throw new Down();
      }
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("stores in memory can be read", e);
    }
  }

  private void repairLater() {
    coordinator.orElseThrow().close();
    coordinator = Optional.empty();
    failures++;
    Duration repair = Duration.ofMinutes(draws.nextInt(REPAIR_MIN, REPAIR_MAX));
    world.after(repair, "server", "is opened again", this::open);
  }

  private void tick() {
    world.after(TICK, "server", "ticks", this::tick);
    try {
      if (!accounted) {
        accounted = !ask(c -> c.approveOwner("Institute", project.owner().publicKey())).isEmpty();
      }
      if (!workIsOver) {
        provide();
      }
      var unused = ask(Coordinator::tick);
    } catch (Down e) {
      // Done at the next tick.
    }
  }

  /** Submits a batch of each release, larger than any world can finish, and stops those of old. */
  private void provide() throws Down {
    long round = batchDays == 0 ? 0 : world.sinceStart().toDays() / batchDays;
    if (round == rounds) {
      return;
    }
    for (int number = 0; number < releases; number++) {
      Envelope release = project.release(number);
      Envelope batch = project.batch(number, UNITS + round);
      BatchId id = ask(c -> c.submit(batch, release));
      if (!batches.contains(id)) {
        batches.add(id);
      }
      if (batches.size() > releases) {
        BatchId old = batches.remove(0);
        var unused = ask(c -> c.cancel(old));
      }
    }
    rounds = round;
  }

  /** Gives up whatever is not decided, so that every line can be settled. */
  public void giveUpWork() throws Down {
    workIsOver = true;
    for (BatchView batch : now().map(Coordinator::batches).orElse(List.of())) {
      var unused = ask(c -> c.cancel(batch.id()));
    }
  }

  /** A donor's new account. */
  public DonorId openAccount() throws Down {
    return ask(Coordinator::openAccount).donor();
  }

  /** Lets a write fail that comes soon. */
  public void failSoon() {
    stores.fuse().burn(draws.nextInt(40), draws.nextDouble());
  }

  /** The coordinator, while it runs. */
  public Optional<Coordinator> now() {
    return coordinator;
  }

  /** How often it failed. */
  public long failures() {
    return failures;
  }

  /** The tiles as anybody may read them. */
  public TileSource tiles() {
    return stores.stores().log();
  }

  /** The newest checkpoint, whole text. */
  public String checkpoint() throws IOException {
    return stores.stores().register().read().orElseThrow();
  }

  /** The key that signs the log. */
  public VerifierKey logKey() {
    return new Ed25519NoteSigner(ORIGIN, keys.log().get(0)).verifier();
  }

  /** Stops it for good. */
  public void close() {
    coordinator.ifPresent(Coordinator::close);
    coordinator = Optional.empty();
  }
}
