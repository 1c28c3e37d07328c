package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.validation.Rule;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.AgentId;

/**
 * What a line is settled as, by what is known of the agents when it matures: whose they turned out
 * to be, whether they were caught since, and whether they were found right since.
 */
final class Belief {
  private final Agents agents;
  private final Set<Rule> rules;

  Belief(Agents agents, Set<Rule> rules) {
    this.agents = agents;
    this.rules = rules;
  }

  /**
   * The outcome that is logged for the line of {@code agent}; {@link Outcome#NONE} when others are
   * asked first.
   */
  Outcome of(Group group, Dispatch dispatch, Slice.Line line) throws IOException {
    if (line.outcome() == Outcome.ACCEPTED_ALONE) {
      return alone(group, dispatch, line);
    }
    if (!line.outcome().counts()) {
      return line.outcome();
    }
    Set<Holder> donors = new HashSet<>();
    boolean distrusted = false;
    for (Slice.Voice voice : line.agreed()) {
      Agent agent = agents.enrolled(group, voice.agent());
      donors.add(agent.holderAt(voice.leaf()));
      distrusted |= voice.leaf() == line.leaf() && isDistrusted(agent, line.leaf());
    }
    if (donors.size() < line.agree()) {
      return Outcome.SAME_DONOR;
    }
    return distrusted ? Outcome.DISTRUSTED : line.outcome();
  }

  private Outcome alone(Group group, Dispatch dispatch, Slice.Line line) throws IOException {
    AgentId id =
        line.agreed().stream()
            .filter(voice -> voice.leaf() == line.leaf())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("line " + line.leaf() + " has no agent"))
            .agent();
    Agent agent = agents.enrolled(group, id);
    if (isDistrusted(agent, line.leaf())) {
      return Outcome.DISTRUSTED;
    }
    if (!rules.contains(Rule.TAILS_CHECKED)
        || agent.record().agreedAfter(line.release(), line.leaf())) {
      return Outcome.ACCEPTED_ALONE;
    }
    if (dispatch.question(group, line.lease())) {
      return Outcome.NONE;
    }
    // Nobody can be asked about a batch that was stopped: what the agent did since must do.
    return agent.record().agreedAfter(line.leaf()) ? Outcome.ACCEPTED_ALONE : Outcome.NO_QUORUM;
  }

  private boolean isDistrusted(Agent agent, long leaf) {
    return rules.contains(Rule.CAUGHT_LOSES_UNMATURED) && agent.distrustedAt(leaf);
  }
}
