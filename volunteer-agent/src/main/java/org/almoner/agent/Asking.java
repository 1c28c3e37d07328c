package org.almoner.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.contact.LeaseAnswer;
import org.almoner.agent.lease.GrantRejected;
import org.almoner.agent.lease.VerifiedGrant;
import org.almoner.agent.run.Offered;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for work while fewer leases are in hand than wanted. */
final class Asking {
  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  private final AgentSettings settings;
  private final Station station;
  private final Contact client;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Board board;
  private final Patience patience;
  private final Introducing introducing;
  private final Supplier<List<Hash>> blobsHere;
  private final Offered offered;
  private final Restraint restraint;
  private Instant notBefore = Instant.EPOCH;

  Asking(
      AgentSettings settings,
      Station station,
      Contact client,
      InstantSource clock,
      SecureRandom random,
      Board board,
      Patience patience,
      Introducing introducing,
      Supplier<List<Hash>> blobsHere,
      Offered offered,
      Restraint restraint) {
    this.settings = settings;
    this.station = station;
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.board = board;
    this.patience = patience;
    this.introducing = introducing;
    this.blobsHere = blobsHere;
    this.offered = offered;
    this.restraint = restraint;
  }

  /** What may stand against more work on this computer. */
  @FunctionalInterface
  interface Restraint {
    /** Why no work is asked for now, in words for the owner; nothing while it may be. */
    Optional<String> reason() throws IOException;
  }

  /** How long the coordinator asked not to be asked; zero when it may be. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), notBefore);
    // A clock that was set back must not silence the agent.
    boolean absurd = left.compareTo(Backoff.ASKED_MAX.multipliedBy(2)) > 0;
    return left.isNegative() || absurd ? Duration.ZERO : left;
  }

  /** Nothing is asked for before {@code wait} has passed. */
  void rest(Duration wait) {
    notBefore = clock.instant().plus(wait);
  }

  /**
   * Asks once, if it is time to.
   *
   * @return whether it was answered; otherwise the patience is spent
   */
  boolean run() throws IOException, InterruptedException, KeySuspended {
    int want = want(station.leases().list().size());
    if (want < 1 || !left().isZero()) {
      return true;
    }
    Optional<String> reason = restraint.reason();
    if (reason.isPresent()) {
      board.noWork(reason.get());
      return true;
    }
    Envelope request = request(want);
    Answer<LeaseAnswer> answer = client.lease(request);
    if (answer instanceof Answer.Given<LeaseAnswer> given) {
      return take(given.value());
    }
    if (answer instanceof Answer.Refused<LeaseAnswer> no) {
      return refused(no.problem());
    }
    if (answer instanceof Answer.Unavailable<LeaseAnswer> not) {
      patience.unanswered(not);
    }
    return false;
  }

  /** Leases to ask for when so many are in hand. */
  private int want(int inHand) {
    if (settings.workWanted().isZero()) {
      return settings.want() - inHand;
    }
    // One that waits while the others run is enough to have time for asking.
    return inHand > settings.lent().units() ? 0 : Grant.LEASES_MAX - inHand;
  }

  private Envelope request(int want) throws IOException {
    Optional<Envelope> underWay = station.leases().asking();
    if (underWay.isPresent()) {
      return underWay.get();
    }
    byte[] id = new byte[LeaseRequest.ID_SIZE];
    random.nextBytes(id);
    LeaseRequest request =
        new LeaseRequest(
            station.coordinator().origin(),
            station.key().id(),
            Bytes.of(id),
            want,
            settings.lent().cores(),
            settings.lent().memoryBytes(),
            settings.lent().diskBytes(),
            settings.workWanted().toSeconds(),
            settings.meter(),
            blobsHere.get(),
            offered.list(),
            offered.platforms());
    Envelope envelope = station.key().sign(Envelope.Kind.LEASE_REQUEST, request.toJson());
    station.leases().ask(envelope);
    return envelope;
  }

  private boolean take(LeaseAnswer answer) throws IOException {
    if (answer instanceof LeaseAnswer.NoWork none) {
      station.leases().answered();
      Duration wait = none.retryAfter();
      rest(wait.compareTo(Backoff.ASKED_MAX) > 0 ? Backoff.ASKED_MAX : wait);
      board.noWork(none.reason());
      return true;
    }
    if (answer instanceof LeaseAnswer.Granted granted) {
      try {
        VerifiedGrant grant =
            VerifiedGrant.of(granted.grant(), station.coordinator(), station.key().id());
        station.leases().take(grant, clock.millis());
        LOG.atInfo()
            .addKeyValue("leases", grant.grant().leases().size())
            .addKeyValue("deadlineMs", grant.grant().deadlineMs())
            .log("Leases are in hand");
      } catch (GrantRejected e) {
        station.leases().answered();
        patience.troubled(String.valueOf(e.getMessage()));
        return false;
      }
    }
    return true;
  }

  private boolean refused(Problem problem) throws IOException, KeySuspended {
    station.leases().answered();
    if (!introducing.concerns(problem)) {
      patience.troubled("no work is given to this computer: " + problem.detail());
    }
    return false;
  }
}
