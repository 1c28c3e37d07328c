package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;

/**
 * What an agreed line is settled as, by what is known of the agents when it matures: whose they
 * turned out to be, and whether they were caught since.
 */
final class Belief {
  private final Agents agents;

  Belief(Agents agents) {
    this.agents = agents;
  }

  /** The outcome that is logged for the line. */
  Outcome of(Group group, Slice.Line line) throws IOException {
    if (line.outcome() != Outcome.ACCEPTED) {
      return line.outcome();
    }
    Set<Holder> donors = new HashSet<>();
    boolean distrusted = false;
    for (Slice.Voice voice : line.agreed()) {
      Agent agent = agents.enrolled(group, voice.agent());
      donors.add(agent.holderAt(voice.leaf()));
      distrusted |= voice.leaf() == line.leaf() && agent.distrustedAt(line.leaf());
    }
    if (donors.size() < line.agree()) {
      return Outcome.SAME_DONOR;
    }
    return distrusted ? Outcome.DISTRUSTED : Outcome.ACCEPTED;
  }
}
