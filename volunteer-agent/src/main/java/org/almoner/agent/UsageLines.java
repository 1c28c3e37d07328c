package org.almoner.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.meter.EnergyModel;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Reported;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;

/** Puts into a usage line what a run was found to take. */
final class UsageLines {
  private UsageLines() {}

  /**
   * The line of one lease.
   *
   * @param bundle the output bundle of the digest that is reported
   */
  static UsageLine of(HeldLease held, Reported run, Path bundle) throws IOException {
    try (InputStream octets = Files.newInputStream(bundle)) { // Large bundles go by piece by piece.
      return of(held, run, Held.of(held.id(), held.grant().grant().agent(), octets));
    }
  }

  /** As the other method, for a bundle that is in memory. */
  static UsageLine of(HeldLease held, Reported run, Bytes bundle) {
    return of(held, run, Held.of(held.id(), held.grant().grant().agent(), bundle));
  }

  private static UsageLine of(HeldLease held, Reported run, Hash inHand) {
    Measured measured = run.measured();
    long cpuMs = run.cpuMs(held.work().allotment().cores());
    return new UsageLine(
        held.id(),
        held.grant().digest(),
        held.work().release(),
        held.grant().grant().meter(),
        held.onCoordinatorsClock(measured.startMs()),
        held.onCoordinatorsClock(measured.endMs()),
        measured.wallMs(),
        cpuMs,
        measured.memPeakBytes(),
        measured.memMeanBytes(),
        measured.memReservedBytes(),
        List.of(),
        run.count(),
        run.output(),
        inHand,
        run.exit(),
        measured.energy().isEmpty() ? List.of(EnergyModel.of(cpuMs)) : measured.energy(),
        measured.disk(),
        List.of(run.engine()));
  }
}
