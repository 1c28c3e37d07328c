package org.almoner.protocol.usage;

import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;

/** A usage report whose signature was checked. Holding one is the proof. */
public final class VerifiedReport {
  private final Envelope envelope;
  private final UsageReport report;

  private VerifiedReport(Envelope envelope, UsageReport report) {
    this.envelope = envelope;
    this.report = report;
  }

  /**
   * Checks the signature, then reads the payload.
   *
   * @throws BadSignature when the key did not sign, or is not the key of the agent in the report
   * @throws MalformedJson when the payload is not a usage report
   */
  public static VerifiedReport of(Envelope envelope) throws BadSignature, MalformedJson {
    UsageReport report = UsageReport.parse(envelope.open());
    if (!AgentId.of(envelope.signer()).equals(report.agent())) {
      throw new BadSignature(
          "the report is of agent " + report.agent() + " but was signed by another key");
    }
    return new VerifiedReport(envelope, report);
  }

  /** The report's fields. */
  public UsageReport report() {
    return report;
  }

  /** The report as received; these octets, never a re-encoding, are kept and committed to. */
  public Envelope envelope() {
    return envelope;
  }
}
