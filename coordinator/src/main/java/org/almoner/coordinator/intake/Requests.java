package org.almoner.coordinator.intake;

import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseRequest;

/** Reads requests for work, on their senders' threads. */
public final class Requests {
  private Requests() {}

  /** The request, its signature good and meant for {@code origin}. */
  public static LeaseRequest read(Envelope envelope, String origin) {
    Refusals.requireKind(envelope, Envelope.Kind.LEASE_REQUEST);
    LeaseRequest request;
    try {
      request = LeaseRequest.parse(envelope.open());
      if (!request.agent().equals(AgentId.of(envelope.signer()))) {
        throw new BadSignature(
            "the request is of agent " + request.agent() + " but was signed by another key");
      }
    } catch (BadSignature e) {
      throw Refusals.badSignature(e);
    } catch (MalformedJson e) {
      throw Refusals.malformed(e);
    }
    if (!request.origin().equals(origin)) {
      throw Refusals.wrongOrigin(request.origin(), origin);
    }
    return request;
  }
}
