package org.almoner.agent;

import java.io.IOException;
import java.util.Optional;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.Receipt;
import org.almoner.agent.proof.ReceiptRejected;
import org.almoner.agent.proof.VerifiedReceipt;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meets the coordinator, presents the agent's key and passes on whose computer it is. */
final class Introducing {
  private static final Logger LOG = LoggerFactory.getLogger(Introducing.class);

  private final AgentSettings settings;
  private final CoordinatorAddress coordinator;
  private final Station station;
  private final Contact client;
  private final PinBook pins;
  private final Board board;
  private final Patience patience;
  private boolean met;
  private boolean enrolled;
  private Optional<Problem> linkRefused = Optional.empty();

  Introducing(
      AgentSettings settings,
      CoordinatorAddress coordinator,
      Station station,
      Contact client,
      PinBook pins,
      Board board,
      Patience patience)
      throws IOException {
    this.settings = settings;
    this.coordinator = coordinator;
    this.station = station;
    this.client = client;
    this.pins = pins;
    this.board = board;
    this.patience = patience;
    this.enrolled = station.shelf().enrolment().isPresent();
  }

  /**
   * Takes note of a refusal that is about the agent.
   *
   * @return whether it is; then the patience is spent
   * @throws KeySuspended when nothing more is taken from this key
   * @throws Dismissed when that is because its donor was erased
   */
  boolean concerns(Problem problem) throws IOException, KeySuspended {
    Blame blame = Blame.of(problem);
    if (blame == Blame.RECORD) {
      return false;
    }
    if (blame == Blame.SUSPENDED_KEY) {
      throw new KeySuspended(problem.detail());
    }
    if (blame == Blame.DISMISSED) {
      throw new Dismissed(problem.detail());
    }
    if (blame == Blame.UNKNOWN_AGENT) {
      enrolled = false;
    }
    patience.troubled(problem.detail());
    return true;
  }

  /** Why the last link was refused, if it was. */
  Optional<Problem> linkRefused() {
    return linkRefused;
  }

  /**
   * Does what is left to do.
   *
   * @return whether all is done; otherwise the patience is spent
   */
  boolean run() throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    return meet() && enrol() && link();
  }

  private boolean meet() throws IOException, InterruptedException, ChangedIdentity {
    if (met) {
      return true;
    }
    Answer<Pinned> answer = client.origin();
    if (answer instanceof Answer.Given<Pinned> given) {
      if (!follow(given.value())) {
        return false;
      }
      pins.meet(coordinator, given.value());
      met = true;
      return true;
    }
    return spent(answer, "The coordinator does not say who it is: ");
  }

  /** Learns the log's key when another one is shown; {@code false} when that could not be done. */
  private boolean follow(Pinned shown) throws IOException {
    boolean sameLog = shown.origin().equals(station.coordinator().origin());
    if (!sameLog || station.keeper().knows(shown.logKey())) {
      return true;
    }
    try {
      station.keeper().learn();
    } catch (ReceiptRejected e) {
      patience.troubled("the coordinator shows another log key: " + e.getMessage());
      return false;
    }
    if (station.keeper().knows(shown.logKey())) {
      LOG.atInfo().addKeyValue("key", shown.logKey()).log("The log has passed to another key");
    }
    return true;
  }

  private boolean enrol() throws IOException, InterruptedException, KeySuspended {
    if (enrolled) {
      return true;
    }
    Envelope enrolment = station.introduction().enrolment(settings.software(), settings.computer());
    Answer<Receipt> answer = client.enrol(enrolment);
    if (answer instanceof Answer.Given<Receipt> given) {
      try {
        station.shelf().keepEnrolment(station.check().check(enrolment, 1, given.value()));
      } catch (ReceiptRejected e) {
        patience.troubled("the enrolment is not proved: " + e.getMessage());
        return false;
      }
      enrolled = true;
      board.wellAgain();
      LOG.atInfo().addKeyValue("agent", station.key().id()).log("This computer is enrolled");
      return true;
    }
    if (answer instanceof Answer.Refused<Receipt> no && concerns(no.problem())) {
      return false;
    }
    return spent(answer, "the coordinator does not enrol this computer: ");
  }

  private boolean link() throws IOException, InterruptedException, KeySuspended {
    Optional<Envelope> pending = station.introduction().pendingLink();
    while (pending.isPresent()) {
      Envelope link = pending.get();
      Answer<Receipt> answer = client.link(link);
      if (answer instanceof Answer.Given<Receipt> given) {
        try {
          VerifiedReceipt receipt = station.check().check(link, 1, given.value());
          station.shelf().keepLink(receipt);
          linkRefused = Optional.empty();
          board.wellAgain();
          LOG.atInfo().log("The coordinator knows whose computer this is");
        } catch (ReceiptRejected e) {
          patience.troubled("the link is not proved: " + e.getMessage());
          return false;
        }
      } else if (answer instanceof Answer.Refused<Receipt> no) {
        if (concerns(no.problem())) {
          return false;
        }
        // A code that is wrong or used stays so; the computer works on for nobody in particular.
        linkRefused = Optional.of(no.problem());
        board.notice("this computer was not linked: " + no.problem().detail());
        LOG.atWarn().addKeyValue("reason", no.problem().detail()).log("A link was refused");
      } else {
        return spent(answer, "");
      }
      station.introduction().linkSettled(link);
      pending = station.introduction().pendingLink();
    }
    return true;
  }

  private boolean spent(Answer<?> answer, String what) throws IOException {
    if (answer instanceof Answer.Unavailable<?> not) {
      patience.unanswered(not);
    } else if (answer instanceof Answer.Refused<?> no) {
      Problem problem = no.problem();
      patience.troubled(what + problem.detail());
    }
    return false;
  }
}
