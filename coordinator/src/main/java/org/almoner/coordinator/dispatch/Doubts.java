package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Hash;

/**
 * When what enough donors agreed on is not taken before one more has said the same: two new
 * computers must not be able to condemn one with a record, or to have a project's units fail.
 *
 * <p>A computer with a record in the release settles it by its word. Where nobody else is there to
 * ask, what was agreed is taken.
 */
final class Doubts {
  private final Agents agents;
  private final Crowd crowd;

  Doubts(Agents agents, Crowd crowd) {
    this.agents = agents;
    this.crowd = crowd;
  }

  /** Whether one more donor must agree with {@code agreed}. */
  boolean about(Group group, Backlog backlog, Unit unit, Answer agreed) throws IOException {
    if (agreed.succeeded() && isUndisputed(unit, agreed)) {
      return false; // As with nearly every unit: nobody's record is looked at.
    }
    Hash release = backlog.batch().spec().release();
    Set<Holder> asked = new HashSet<>();
    boolean contradicted = false;
    boolean succeeded = false;
    for (Replica replica : unit.replicas()) {
      asked.add(replica.holder());
      if (replica.answer().isEmpty()) {
        continue;
      }
      Answer answer = replica.answer().get();
      Agent agent = agents.enrolled(group, replica.agent());
      boolean agrees = answer.agreesWith(agreed);
      if (agrees && agent.record().isTrusted(release)) {
        return false;
      }
      contradicted |= !agrees && answer.exit() == 0 && agent.record().isTrusted();
      succeeded |= answer.succeeded();
    }
    if (crowd.size() <= asked.size()) {
      return false;
    }
    return agreed.succeeded() ? contradicted : succeeded || crowd.size() > Crowd.FIRST;
  }

  private static boolean isUndisputed(Unit unit, Answer agreed) {
    return unit.answers().stream()
        .allMatch(answer -> answer.exit() != 0 || answer.agreesWith(agreed));
  }
}
