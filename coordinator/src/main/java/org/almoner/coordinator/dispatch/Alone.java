package org.almoner.coordinator.dispatch;

import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.draw.DaySecrets;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Rule;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * When a unit is given to one computer alone, and when its answer is taken without another's.
 *
 * <p>The computer's record decides the first; chance decides the second, by a secret that was
 * sealed before the day began, once the line has its place in the log.
 */
final class Alone {
  private final DaySecrets secrets;
  private final Set<Rule> rules;

  Alone(DaySecrets secrets, Set<Rule> rules) {
    this.secrets = secrets;
    this.rules = rules;
  }

  /** Whether {@code agent} may have a unit of the batch that nobody else is given. */
  boolean mayHave(Group group, Agent agent, Backlog backlog) {
    return backlog.batch().spec().checks().admitAlone(backlog.agree())
        && !backlog.batch().starter()
        && agent.record().isTrusted(release(backlog))
        && secrets.today(group).isPresent();
  }

  /**
   * Whether what {@code replica} answered is taken as it is. A failure never is: it costs little to
   * claim.
   *
   * @param leaf where its line is logged
   */
  boolean isTaken(
      Group group, Agent agent, Backlog backlog, Unit unit, Replica replica, long leaf) {
    if (!mayHave(group, agent, backlog)
        || unit.state() != Unit.State.OPEN
        || !unit.isAloneWith(replica)
        || replica.answer().filter(Answer::succeeded).isEmpty()) {
      return false;
    }
    Optional<Bytes> secret = secrets.today(group);
    return !rules.contains(Rule.DRAWN_CHECKS)
        || !CheckSecret.due(secret.orElseThrow(), leaf, agent.record().oneIn(release(backlog)));
  }

  private static Hash release(Backlog backlog) {
    return backlog.batch().spec().release();
  }
}
