package org.almoner.coordinator.intake;

import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.writer.Job;
import org.almoner.ledger.entry.Revocation;
import org.almoner.protocol.identity.AgentId;

/** Takes agents' keys out of use, at the operator's word. */
public final class Revocations {
  private final Agents agents;
  private final Journal journal;

  /** Takes out keys of {@code agents}. */
  public Revocations(Agents agents, Journal journal) {
    this.agents = agents;
    this.journal = journal;
  }

  /** Logs the revocation of {@code id}, whose enrolment it names; gives its index. */
  public Job<Long> revoke(AgentId id, Revocation revocation) {
    return group -> {
      Agent agent = agents.enrolled(group, id);
      if (agent.revoked()) {
        throw new Refusal(
            409,
            "already-revoked",
            "Key revoked before",
            "the key of agent " + id.brief() + " was revoked before; nothing is changed");
      }
      long leaf = journal.log(group, revocation.entry());
      agents.revoke(group, agent);
      return leaf;
    };
  }
}
