package org.almoner.coordinator.intake;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.almoner.coordinator.account.Accounts;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.enrolment.Place;
import org.almoner.coordinator.journal.Commitments;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.journal.Logged;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.writer.Group;
import org.almoner.coordinator.writer.Job;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.MalformedJson;

/** Takes in what agents say of themselves: their keys and their donors. */
public final class Enrolments {
  private final String origin;
  private final Agents agents;
  private final Accounts accounts;
  private final Journal journal;
  private final OpeningKeys keys;
  private final SecureRandom random;

  /** Takes in for the coordinator of that origin. */
  public Enrolments(
      String origin,
      Agents agents,
      Accounts accounts,
      Journal journal,
      OpeningKeys keys,
      SecureRandom random) {
    this.origin = origin;
    this.agents = agents;
    this.accounts = accounts;
    this.journal = journal;
    this.keys = keys;
    this.random = random;
  }

  /** Checks an enrolment on its sender's thread; the rest is the job. */
  public Job<Logged> enrol(Envelope envelope) {
    Refusals.requireKind(envelope, Envelope.Kind.ENROLMENT);
    Enrolment enrolment;
    try {
      enrolment = Enrolment.parse(envelope.open());
      if (!enrolment.key().equals(envelope.signer())) {
        throw new BadSignature(
            "the enrolment presents key " + enrolment.key() + " but was signed by another");
      }
    } catch (BadSignature e) {
      throw Refusals.badSignature(e);
    } catch (MalformedJson e) {
      throw Refusals.malformed(e);
    }
    checkOrigin(enrolment.origin());
    Commitments made = commit(Kind.ENROLMENT, envelope);
    Hash digest = envelope.digest();
    AgentId id = AgentId.of(enrolment.key());
    return group -> {
      Optional<Agent> known = agents.find(group, id);
      if (known.isPresent()) {
        agents.working(group, id);
        Place place = known.get().enrolled();
        // What was erased with a donor that the agent has left is logged afresh for those after.
        if (place.digest().equals(digest) && !journal.isErased(group, place.leaf(), place.page())) {
          return again(group, known.get(), place);
        }
      }
      Agent agent = agents.presenting(group, enrolment);
      Logged logged = journal.log(group, made, envelope, agent.claims().key());
      agents.enrol(group, agent, enrolment, new Place(digest, logged.leaf(), logged.page()));
      return logged;
    };
  }

  /** Checks a link on its sender's thread; the rest is the job. */
  public Job<Logged> link(Envelope envelope) {
    Refusals.requireKind(envelope, Envelope.Kind.LINK);
    Link link;
    try {
      link = Link.parse(envelope.open());
      if (!link.agent().equals(AgentId.of(envelope.signer()))) {
        throw new BadSignature(
            "the link is of agent " + link.agent() + " but was signed by another key");
      }
    } catch (BadSignature e) {
      throw Refusals.badSignature(e);
    } catch (MalformedJson e) {
      throw Refusals.malformed(e);
    }
    checkOrigin(link.origin());
    Commitments made = commit(Kind.LINK, envelope);
    Hash digest = envelope.digest();
    return group -> {
      Agent agent = agents.working(group, link.agent());
      if (agent.linked().digest().equals(digest)) {
        return again(group, agent, agent.linked());
      }
      return link.action() == Link.Action.LINK
          ? join(group, agent, link, made, envelope)
          : leave(group, agent, made, envelope);
    };
  }

  private Logged join(Group group, Agent agent, Link link, Commitments made, Envelope envelope)
      throws IOException {
    if (agent.claims().full()) {
      throw new Refusal(
          409,
          "too-many-links",
          "Linked too often",
          "this agent was linked as often as is possible; enrol with a new key");
    }
    if (agent.claims().current().isEmpty()) {
      keys.require(agent.claims().key(), "agent " + agent.id().brief()); // or the code is wasted
    }
    DonorId donor = accounts.useCode(group, link.codeDigest(), agent.id());
    KeyId key = agents.linking(group, agent); // drawn last: a link that is refused costs no key
    Logged logged = journal.log(group, made, envelope, key);
    Place place = new Place(envelope.digest(), logged.leaf(), logged.page());
    agents.link(group, agent, donor, place, key);
    return logged;
  }

  private Logged leave(Group group, Agent agent, Commitments made, Envelope envelope) {
    if (agent.claims().current().isEmpty()) {
      throw new Refusal(
          409, "not-linked", "Not linked", "this agent has no donor to leave; nothing is changed");
    }
    // What says that it leaves is still the donor's, and is erased with the rest.
    Logged logged = journal.log(group, made, envelope, agent.claims().key());
    agents.unlink(group, agent, new Place(envelope.digest(), logged.leaf(), logged.page()));
    return logged;
  }

  private Logged again(Group group, Agent agent, Place place) throws IOException {
    return journal.again(group, place.leaf(), place.page(), "agent " + agent.id().brief());
  }

  private Commitments commit(Kind kind, Envelope envelope) {
    return Commitments.draw(kind, origin, envelope.record(), 1, random);
  }

  private void checkOrigin(String named) {
    if (!named.equals(origin)) {
      throw Refusals.wrongOrigin(named, origin);
    }
  }
}
