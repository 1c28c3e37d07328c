package org.almoner.coordinator.intake;

import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Renewal;

/** Reads what agents ask while they have nothing to report, on their senders' threads. */
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

  /** The renewal, its signature good and meant for {@code origin}. */
  public static Renewal readRenewal(Envelope envelope, String origin) {
    Refusals.requireKind(envelope, Envelope.Kind.RENEWAL);
    Renewal renewal;
    try {
      renewal = Renewal.parse(envelope.open());
      if (!renewal.agent().equals(AgentId.of(envelope.signer()))) {
        throw new BadSignature(
            "the renewal is of agent " + renewal.agent() + " but was signed by another key");
      }
    } catch (BadSignature e) {
      throw Refusals.badSignature(e);
    } catch (MalformedJson e) {
      throw Refusals.malformed(e);
    }
    if (!renewal.origin().equals(origin)) {
      throw Refusals.wrongOrigin(renewal.origin(), origin);
    }
    return renewal;
  }
}
