package org.almoner.agent.outbox;

import java.util.List;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * The one report that is minted, stored and not yet proved to be in the log.
 *
 * @param signed the report; the same octets every time it is sent
 * @param outputs the output bundles of its lines, each once
 */
public record Outgoing(VerifiedReport signed, List<OutputFile> outputs) {
  /** Copies the list. */
  public Outgoing {
    outputs = List.copyOf(outputs);
  }

  /** What the report says. */
  public UsageReport report() {
    return signed.report();
  }
}
