package org.almoner.coordinator.operate;

import java.util.Optional;
import org.almoner.coordinator.desk.Refusal;

/** Whether this process takes anything that it would have to write. */
public final class Readiness {
  private final DiskWatch disk;
  private volatile boolean stopping;

  /** As long as {@code disk} has room, and nobody wants it to end. */
  public Readiness(DiskWatch disk) {
    this.disk = disk;
  }

  /** Takes nothing new from now on; what runs is finished. */
  public void stop() {
    stopping = true;
  }

  /** Why nothing is taken; empty when everything is. */
  public Optional<Refusal> closed() {
    if (stopping) {
      return Optional.of(
          new Refusal(
              503,
              "stopping",
              "The coordinator is being stopped",
              "the coordinator finishes what it has begun and takes nothing new; send the same"
                  + " again when it is back"));
    }
    return disk.low().map(why -> new Refusal(503, "disk-low", "The disk is nearly full", why));
  }
}
