package org.almoner.coordinator.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.journal.Commitments;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * A usage report with everything done that needs no knowledge of leases: signature, outputs,
 * commitments.
 *
 * @param digest SHA-256 of the report's payload
 * @param answers one for each line
 * @param outputs output bundles that came with it, checked
 * @param outputFault why its outputs are not good; only told when the report was not logged before
 */
record Incoming(
    VerifiedReport verified,
    Hash digest,
    Commitments commitments,
    List<Checked> answers,
    Map<Hash, Bytes> outputs,
    Optional<Refusal> outputFault) {
  UsageReport report() {
    return verified.report();
  }

  List<LeaseId> leases() {
    return report().lines().stream().map(line -> line.lease()).toList();
  }
}
