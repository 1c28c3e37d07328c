package org.almoner.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.meter.EnergyModel;
import org.almoner.agent.run.Measured;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;

/** Puts into a usage line what a run was found to take. */
final class UsageLines {
  private UsageLines() {}

  /**
   * The line of one lease.
   *
   * @param exit the guest's code, or {@link UsageLine#EXIT_MAX} when it gave none
   * @param bundle its output bundle, of the digest {@code output}
   */
  static UsageLine of(
      HeldLease held, int exit, long count, Hash output, Path bundle, Measured measured)
      throws IOException {
    return new UsageLine(
        held.id(),
        held.grant().digest(),
        held.work().release(),
        held.grant().grant().meter(),
        held.onCoordinatorsClock(measured.startMs()),
        held.onCoordinatorsClock(measured.endMs()),
        measured.wallMs(),
        allottedCpuMs(held, measured),
        measured.memPeakBytes(),
        measured.memMeanBytes(),
        measured.memReservedBytes(),
        List.of(),
        count,
        output,
        heldOf(held, bundle),
        exit,
        List.of(EnergyModel.of(allottedCpuMs(held, measured))));
  }

  /** Large bundles go by piece by piece. */
  private static Hash heldOf(HeldLease held, Path bundle) throws IOException {
    try (InputStream octets = Files.newInputStream(bundle)) {
      return Held.of(held.id(), held.grant().grant().agent(), octets);
    }
  }

  /**
   * CPU time within the allotment. The compiler of a unit's Java machine may have used a processor
   * beside the guest's own; that was never allotted, so it is not claimed.
   */
  private static long allottedCpuMs(HeldLease held, Measured measured) {
    return Math.min(measured.cpuMs(), measured.wallMs() * held.work().allotment().cores());
  }
}
