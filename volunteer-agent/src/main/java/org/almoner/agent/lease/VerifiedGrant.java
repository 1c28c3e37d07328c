package org.almoner.agent.lease;

import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;

/**
 * A grant of the coordinator first met, to this very agent. Holding one is the proof.
 *
 * <p>Its signature is why the agent runs anything at all.
 */
public final class VerifiedGrant {
  private final Envelope envelope;
  private final Grant grant;

  private VerifiedGrant(Envelope envelope, Grant grant) {
    this.envelope = envelope;
    this.grant = grant;
  }

  /**
   * Checks signer, signature, origin and agent.
   *
   * @throws GrantRejected naming the first that is wrong
   */
  public static VerifiedGrant of(Envelope envelope, Pinned coordinator, AgentId agent)
      throws GrantRejected {
    if (!envelope.signer().equals(coordinator.coordinatorKey())) {
      throw new GrantRejected(
          "the grant is signed by key "
              + envelope.signer()
              + ", but this coordinator's key is "
              + coordinator.coordinatorKey()
              + "; its work is not run");
    }
    Grant grant;
    try {
      grant = Grant.parse(envelope.open());
    } catch (BadSignature | MalformedJson e) {
      throw new GrantRejected("the grant cannot be believed: " + e.getMessage());
    }
    if (!grant.origin().equals(coordinator.origin())) {
      throw new GrantRejected(
          "the grant is of log " + grant.origin() + ", expected " + coordinator.origin());
    }
    if (!grant.agent().equals(agent)) {
      throw new GrantRejected("the grant is for agent " + grant.agent() + ", this is " + agent);
    }
    return new VerifiedGrant(envelope, grant);
  }

  /** What was allotted. */
  public Grant grant() {
    return grant;
  }

  /** The octets that were signed. */
  public Envelope envelope() {
    return envelope;
  }

  /** How a usage line names this grant. */
  public Hash digest() {
    return envelope.digest();
  }
}
