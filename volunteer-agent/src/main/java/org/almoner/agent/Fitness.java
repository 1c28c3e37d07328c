package org.almoner.agent;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.run.Runner;
import org.almoner.protocol.lease.BlobRef;

/** Whether a lease may be run on this computer at all. */
final class Fitness {
  private final AgentSettings settings;
  private final InstantSource clock;
  private final RoomToWork room;
  private final Runner runner;

  Fitness(AgentSettings settings, InstantSource clock, RoomToWork room, Runner runner) {
    this.settings = settings;
    this.clock = clock;
    this.room = room;
    this.runner = runner;
  }

  /** Why this lease must not be run here. */
  Optional<String> unfit(HeldLease lease) {
    if (lease.leftMs(clock.millis()) <= 0) {
      return Optional.of("its deadline has passed");
    }
    String meter = lease.grant().grant().meter();
    if (!meter.equals(settings.meter())) {
      return Optional.of(
          "its instructions are to be counted by "
              + meter
              + ", but this agent counts by "
              + settings.meter()
              + "; install a newer agent");
    }
    return runner
        .offered()
        .cannotRun(lease.work().program())
        .or(() -> settings.lent().tooSmallFor(lease.work().allotment()))
        .or(() -> blobs(lease).stream().flatMap(b -> room.tooLarge(b).stream()).findFirst());
  }

  /** Every file that a unit needs. */
  Set<BlobRef> blobs(HeldLease lease) {
    Set<BlobRef> blobs = new LinkedHashSet<>(lease.work().inputs());
    blobs.addAll(lease.lease().inputs());
    blobs.addAll(runner.offered().filesOf(lease.work().program()));
    return blobs;
  }
}
