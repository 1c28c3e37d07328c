package org.almoner.simulation.network;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.contact.LeaseAnswer;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.LogSource;
import org.almoner.agent.proof.Receipt;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.desk.About;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.problem.Problem;
import org.almoner.simulation.server.Down;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.world.World;

/**
 * One computer's way to the coordinator. A request may be lost, or its answer; it may arrive twice,
 * or after later ones; and for days nothing may get through at all.
 */
public final class Wire implements Contact, LogSource {
  /** A request that is late arrives up to so many minutes after its sender gave up. */
  private static final int LATE_MINUTES = 36 * 60;

  private static final int MAX_STATUS_OF_RECORD = 499;

  private final String name;
  private final World world;
  private final Server server;
  private final Acknowledged acknowledged;
  private final RandomGenerator draws;
  private final LogReader log;
  private Weather weather;
  private long cutUntilMs;
  private String lastRefusal = "nothing was refused";
  private long requests;
  private long reportedMs = World.START.toEpochMilli();

  private enum Fate {
    ARRIVES,
    REQUEST_LOST,
    ANSWER_LOST,
    TWICE,
    LATE
  }

  /** A way of the computer called {@code name}. */
  public Wire(String name, World world, Server server, Acknowledged acknowledged, Weather weather) {
    this.name = name;
    this.world = world;
    this.server = server;
    this.acknowledged = acknowledged;
    this.weather = weather;
    this.draws = world.draws("wire of " + name);
    this.log = new LogReader(server.tiles(), 4);
  }

  /** Nothing gets through for so long. */
  public void cut(Duration time) {
    cutUntilMs = world.millis() + time.toMillis();
  }

  /** Nothing happens to requests any more. */
  public void clearUp() {
    weather = Weather.FAIR;
    cutUntilMs = 0;
  }

  /** Requests that were made. */
  public long requests() {
    return requests;
  }

  /** What was refused last, and why. */
  public String lastRefusal() {
    return lastRefusal;
  }

  /** When a report of it was answered with a proof for the last time. */
  public long reportedMs() {
    return reportedMs;
  }

  /** Whether nothing gets through. */
  public boolean isCut() {
    return world.millis() < cutUntilMs;
  }

  private Fate fate() {
    int drawn = draws.nextInt(1_000);
    if (drawn < weather.requestLost()) {
      return Fate.REQUEST_LOST;
    }
    drawn -= weather.requestLost();
    if (drawn < weather.answerLost()) {
      return Fate.ANSWER_LOST;
    }
    drawn -= weather.answerLost();
    if (drawn < weather.twice()) {
      return Fate.TWICE;
    }
    return drawn - weather.twice() < weather.late() ? Fate.LATE : Fate.ARRIVES;
  }

  private <T, R> Answer<R> send(
      Function<Coordinator, CompletableFuture<T>> request, Function<T, R> reading) {
    requests++;
    Fate fate = isCut() ? Fate.REQUEST_LOST : fate();
    if (fate == Fate.TWICE || fate == Fate.LATE) {
      world.after(
          Duration.ofMinutes(draws.nextInt(1, LATE_MINUTES)),
          name,
          "is heard again",
          () -> ask(request, reading));
    }
    if (fate == Fate.REQUEST_LOST || fate == Fate.LATE) {
      return new Answer.Unavailable<>("no answer", Duration.ZERO);
    }
    Answer<R> answer = ask(request, reading);
    return fate == Fate.ANSWER_LOST
        ? new Answer.Unavailable<>("the answer was lost", Duration.ZERO)
        : answer;
  }

  private <T, R> Answer<R> ask(
      Function<Coordinator, CompletableFuture<T>> request, Function<T, R> reading) {
    try {
      return new Answer.Given<>(reading.apply(server.ask(request)));
    } catch (Down e) {
      return new Answer.Unavailable<>("no answer", Duration.ZERO);
    } catch (Refusal refusal) {
      Problem problem = refusal.problem();
      lastRefusal = world.instant() + " " + problem.slug() + ": " + problem.detail();
      return problem.status() > MAX_STATUS_OF_RECORD
          ? new Answer.Unavailable<>(problem.detail(), Duration.ZERO)
          : new Answer.Refused<>(problem);
    }
  }

  @Override
  public Answer<Pinned> origin() {
    return send(
        c -> CompletableFuture.completedFuture(c.about()),
        (About about) -> new Pinned(about.origin(), about.logKey(), about.coordinatorKey()));
  }

  @Override
  public Answer<Receipt> enrol(Envelope enrolment) {
    return send(c -> c.enrol(enrolment), Wire::receipt);
  }

  @Override
  public Answer<Receipt> link(Envelope link) {
    return send(c -> c.link(link), Wire::receipt);
  }

  @Override
  public Answer<LeaseAnswer> lease(Envelope request) {
    return send(c -> c.lease(request), this::leaseAnswer);
  }

  private LeaseAnswer leaseAnswer(LeaseReply reply) {
    return reply.match(
        granted -> new LeaseAnswer.Granted(granted.grant()),
        none -> {
          lastRefusal = world.instant() + " no work: " + none.reason();
          return new LeaseAnswer.NoWork(none.retryAfter(), none.reason());
        });
  }

  @Override
  public Answer<Receipt> report(Envelope report, Map<Hash, Bytes> outputs, long knownSize) {
    return send(c -> c.report(report, outputs, knownSize), answer -> logged(report, answer));
  }

  private Receipt logged(Envelope report, Receipted answer) {
    reportedMs = world.millis();
    answer.proven().stream()
        .map(line -> new UsageOpening(line.leaf(), line.salt(), line.part(), report))
        .forEach(acknowledged::note);
    return receipt(answer);
  }

  private static Receipt receipt(Receipted answer) {
    List<LineProof> lines =
        answer.proven().stream()
            .map(p -> new LineProof(p.leaf(), p.salt(), p.part(), p.inclusion(), p.starter()))
            .toList();
    return new Receipt(answer.checkpoint(), lines, answer.consistency());
  }

  @Override
  public Answer<Hash> upload(Envelope announcement, Hash digest, Path file) {
    throw new IllegalStateException("outputs of simulated units travel with their reports");
  }

  @Override
  public ConsistencyProof between(long first, long second) throws IOException {
    if (isCut()) {
      throw new IOException("no answer");
    }
    return log.consistency(first, second);
  }

  @Override
  public Rotations rotations() {
    return Rotations.NONE;
  }
}
