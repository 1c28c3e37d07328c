package org.almoner.coordinator.enrolment;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/** All agents: those heard of lately in memory, the others in their rows. */
public final class Agents {
  /** Agents kept in memory, the ones heard of last. */
  public static final int IN_MEMORY_MAX = 50_000;

  private final OpeningKeys keys;
  private final Map<AgentId, Agent> recent = new LinkedHashMap<>(1_024, 0.75f, true);

  /** Knows nobody yet; what opens a new agent's records is sealed with {@code keys}. */
  public Agents(OpeningKeys keys) {
    this.keys = keys;
  }

  /** The agent, if it is enrolled. */
  public Optional<Agent> find(Group group, AgentId id) throws IOException {
    Agent known = recent.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Bytes> row = group.octets(Agent.key(id));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Agent agent = Agent.parse(id, row.get());
    recent.put(id, agent);
    return Optional.of(agent);
  }

  /** The agent, which must be enrolled and neither suspended, revoked nor dismissed. */
  public Agent working(Group group, AgentId id) throws IOException {
    Agent agent = find(group, id).orElseThrow(() -> unknown(id));
    if (agent.dismissed()) {
      throw new Refusal(
          410,
          "agent-erased",
          "This computer's donor was erased",
          "the donor of agent "
              + id.brief()
              + " was erased, and its key is taken no more; who uses the computer may enrol it"
              + " again with a new key, from an agent folder that is empty");
    }
    if (agent.revoked()) {
      throw new Refusal(
          403,
          "agent-revoked",
          "Key revoked",
          "the operator took the key of agent "
              + id.brief()
              + " out of use; what it had logged stays, nothing more is taken from it: enrol with a"
              + " new key, or ask the operator");
    }
    if (agent.suspended()) {
      throw new Refusal(
          403,
          "agent-suspended",
          "Key suspended",
          "the key of agent "
              + id.brief()
              + " signed two different histories, as happens when a disk is copied; enrol with a"
              + " new key, what is settled stays");
    }
    return agent;
  }

  /** The agent that presents itself, known from before or new with a key for its openings. */
  public Agent presenting(Group group, Enrolment enrolment) throws IOException {
    AgentId id = AgentId.of(enrolment.key());
    Optional<Agent> known = find(group, id);
    return known.isPresent() ? known.get() : new Agent(id, enrolment.key(), keys.draw(group));
  }

  /** Keeps an enrolment that was logged at {@code place}. */
  public void enrol(Group group, Agent agent, Enrolment enrolment, Place place) {
    agent.enrol(enrolment, place, group.nowMs());
    recent.put(agent.id(), agent);
    group.touch(agent);
  }

  /** The key for a link of the agent: what it claims is sealed under it. */
  public KeyId linking(Group group, Agent agent) {
    Claims claims = agent.claims();
    return claims.current().isPresent() ? keys.draw(group) : claims.key();
  }

  /** Keeps a link that was logged at {@code place}, sealed under what {@link #linking} gave. */
  public void link(Group group, Agent agent, DonorId donor, Place place, KeyId sealing) {
    agent.link(donor, place, sealing);
    group.touch(agent);
  }

  /** Keeps a leaving that was logged at {@code place}. */
  public void unlink(Group group, Agent agent, Place place) {
    agent.unlink(place, keys.draw(group));
    group.touch(agent);
  }

  /**
   * Gives up what {@code donor} claimed of an agent's records: an agent that works for the donor
   * now is dismissed.
   *
   * @return the keys under which the records are sealed
   */
  public Set<KeyId> giveUp(Group group, AgentId id, DonorId donor) throws IOException {
    Agent agent = enrolled(group, id);
    if (agent.claims().current().filter(donor::equals).isPresent()) {
      agent.dismiss();
      group.touch(agent);
    }
    return agent.claims().keysOf(donor);
  }

  /** Stops believing what the agent has logged so far, as far as it is not settled. */
  public void distrust(Group group, AgentId id) throws IOException {
    Agent agent = enrolled(group, id);
    agent.distrust(group.nextLeaf());
    group.touch(agent);
  }

  /**
   * Another donor's computer agreed with the agent's line at {@code leaf}. Written with the agent's
   * next report: what a crash loses of it only has the agent checked more often.
   */
  public void agreed(Group group, AgentId id, Hash release, long leaf) throws IOException {
    enrolled(group, id).record().agreed(release, leaf);
  }

  /** The agent's line at {@code leaf} was taken without another computer's. */
  public void alone(Group group, AgentId id, long leaf) throws IOException {
    Agent agent = enrolled(group, id);
    agent.record().alone(leaf);
    group.touch(agent);
  }

  /** Takes the agent's key out of use. */
  public void revoke(Group group, Agent agent) {
    agent.revoke();
    group.touch(agent);
  }

  /** The agent of a lease or a line, which was enrolled for it. */
  public Agent enrolled(Group group, AgentId id) throws IOException {
    return find(group, id)
        .orElseThrow(() -> new IllegalStateException("agent " + id + " has no row"));
  }

  /** Forgets those not heard of lately; called between groups, when all rows are written. */
  public void trim() {
    Iterator<Agent> eldest = recent.values().iterator();
    while (recent.size() > IN_MEMORY_MAX) {
      eldest.next();
      eldest.remove();
    }
  }

  private static Refusal unknown(AgentId id) {
    return new Refusal(
        404,
        "unknown-agent",
        "Unknown agent",
        "no agent " + id.brief() + " is enrolled here; send its enrolment first");
  }
}
