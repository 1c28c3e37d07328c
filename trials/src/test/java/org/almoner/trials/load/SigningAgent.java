package org.almoner.trials.load;

import java.util.List;
import java.util.Random;
import org.almoner.agent.outbox.Chain;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/**
 * What an agent signs, without a network and without a computer.
 *
 * @param origin log of the coordinator it speaks to
 */
public record SigningAgent(String origin, SigningKey key) {
  /** Processors it says it has, and lends. */
  public static final int CORES = 4;

  /** Memory it says it has, and lends. */
  public static final long MEMORY_BYTES = 8L << 30;

  /** Wall time of every line: a stub takes no longer. */
  public static final long WALL_MS = 1;

  public AgentId id() {
    return AgentId.of(key.publicKey());
  }

  public Envelope enrolment() {
    Enrolment enrolment =
        new Enrolment(origin, key.publicKey(), "load/1", "linux", "amd64", CORES, MEMORY_BYTES);
    return Envelope.sign(Envelope.Kind.ENROLMENT, enrolment.toJson(), key);
  }

  public Envelope link(String code) {
    Link link = new Link(origin, id(), Link.Action.LINK, Link.digestOf(code));
    return Envelope.sign(Envelope.Kind.LINK, link.toJson(), key);
  }

  /** Asks for work, under a name drawn from {@code random}. */
  public Envelope request(int want, Random random) {
    byte[] name = new byte[LeaseRequest.ID_SIZE];
    random.nextBytes(name);
    LeaseRequest request =
        new LeaseRequest(origin, id(), Bytes.of(name), want, CORES, MEMORY_BYTES, MEMORY_BYTES);
    return Envelope.sign(Envelope.Kind.LEASE_REQUEST, request.toJson(), key);
  }

  /** A grant that is believed without looking who signed it. */
  public static Grant grant(Envelope envelope) {
    try {
      return Grant.parse(envelope.open());
    } catch (BadSignature | MalformedJson e) {
      throw new AssertionError(e);
    }
  }

  /** A line of the agent that was granted it; breaks no rule, whatever its output. */
  public static UsageLine line(Envelope granted, Lease lease, OutputBundle output) {
    Grant grant = grant(granted);
    return new UsageLine(
        lease.id(),
        granted.digest(),
        grant.workOf(lease.id()).release(),
        grant.meter(),
        grant.issuedMs(),
        grant.issuedMs() + WALL_MS,
        WALL_MS,
        WALL_MS,
        2 << 20,
        1 << 20,
        1 << 20,
        List.of(),
        Rule.count(lease),
        output.digest(),
        Held.of(lease.id(), grant.agent(), Bytes.of(output.encode())),
        0,
        List.of());
  }

  public Envelope report(Chain chain, List<UsageLine> lines) {
    UsageReport report = new UsageReport(origin, id(), chain.seq(), chain.prev(), lines);
    return Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), key);
  }
}
