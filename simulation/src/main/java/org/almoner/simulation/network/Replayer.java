package org.almoner.simulation.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.contact.LeaseAnswer;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/** Has everything that was taken taken again: as it was, and as a new report of the same lines. */
public final class Replayer implements Contact {
  private final Contact wire;
  private final Function<UsageReport, Envelope> signing;

  /**
   * Speaks over {@code wire}.
   *
   * @param signing signs a report with the key in use
   */
  public Replayer(Contact wire, Function<UsageReport, Envelope> signing) {
    this.wire = wire;
    this.signing = signing;
  }

  @Override
  public Answer<Receipt> report(Envelope report, Map<Hash, Bytes> outputs, long knownSize)
      throws InterruptedException {
    Answer<Receipt> answer = wire.report(report, outputs, knownSize);
    if (answer instanceof Answer.Given<Receipt>) {
      var same = wire.report(report, outputs, knownSize);
      var again = wire.report(again(report), outputs, knownSize);
      return same instanceof Answer.Given<Receipt> && again instanceof Answer.Refused<Receipt>
          ? same
          : answer;
    }
    return answer;
  }

  private Envelope again(Envelope report) {
    try {
      UsageReport logged = VerifiedReport.of(report).report();
      return signing.apply(
          new UsageReport(
              logged.origin(), logged.agent(), logged.seq() + 1, report.digest(), logged.lines()));
    } catch (BadSignature | MalformedJson e) {
      throw new IllegalStateException("the agent's own report", e);
    }
  }

  @Override
  public Answer<Pinned> origin() throws InterruptedException {
    return wire.origin();
  }

  @Override
  public Answer<Receipt> enrol(Envelope enrolment) throws InterruptedException {
    return wire.enrol(enrolment);
  }

  @Override
  public Answer<Receipt> link(Envelope link) throws InterruptedException {
    return wire.link(link);
  }

  @Override
  public Answer<LeaseAnswer> lease(Envelope request) throws InterruptedException {
    return wire.lease(request);
  }

  @Override
  public Answer<Hash> upload(Envelope announcement, Hash digest, Path file)
      throws IOException, InterruptedException {
    return wire.upload(announcement, digest, file);
  }
}
