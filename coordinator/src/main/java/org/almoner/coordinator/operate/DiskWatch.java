package org.almoner.coordinator.operate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how much room there is, and says when there is too little to accept anything more: long
 * before the store could not write, since the store then ends the process.
 *
 * <p>It keeps a file of ballast beside the store. When the disk is all but full it gives that up,
 * so that the store can still finish what it has begun, and start again. It goes on by itself when
 * there is room for the ballast and a quarter more than the watermark.
 */
public final class DiskWatch {
  /** Octets by which the ballast grows in one step: a start is not held up by it. 8 MiB. */
  public static final long STEP_OCTETS = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  private final DiskLimits limits;
  private final FreeSpace space;
  private final Ballast ballast;

  private volatile long free;
  private volatile long reserved;
  private volatile boolean low;
  private boolean blind;

  /**
   * Looks at once, before anything else is opened on that disk.
   *
   * @param file where the ballast lies, on the disk of the store
   */
  public DiskWatch(DiskLimits limits, FreeSpace space, Path file) throws IOException {
    this.limits = limits;
    this.space = space;
    this.ballast = new Ballast(file);
    ballast.cutTo(limits.reserve());
    this.reserved = ballast.size();
    this.free = space.octets();
    look();
  }

  /**
   * Looks again, and makes the ballast a little larger while it is not whole. To be called often.
   */
  public synchronized void step() {
    try {
      free = space.octets();
      look();
      long missing = limits.reserve() - reserved;
      long octets = Math.min(STEP_OCTETS, missing);
      if (!low && missing > 0 && free - octets >= limits.enough()) {
        ballast.grow(octets);
        reserved = ballast.size();
      }
      blind = false;
    } catch (IOException e) {
      if (!blind) {
        LOG.atError()
            .addKeyValue("event", "disk-unknown")
            .addKeyValue("why", e.getMessage())
            .log("It cannot be told how much room there is");
      }
      blind = true;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread looks, others only read
  private void look() throws IOException {
    if (!low && free < limits.lowWater()) {
      low = true;
      LOG.atError()
          .addKeyValue("event", "disk-low")
          .addKeyValue("free", free)
          .addKeyValue("lowWater", limits.lowWater())
          .log("The disk is nearly full: nothing more is accepted until there is room");
    }
    if (low && reserved > 0 && free < limits.giveUp()) {
      ballast.release();
      free = free + reserved;
      reserved = 0;
      LOG.atError()
          .addKeyValue("event", "disk-reserve-released")
          .addKeyValue("free", free)
          .log("The disk is full: the reserve was given up, make room now");
    }
    if (low && free - (limits.reserve() - reserved) >= limits.enough()) {
      low = false;
      LOG.atInfo()
          .addKeyValue("event", "disk-enough")
          .addKeyValue("free", free)
          .log("There is room on the disk again: everything is accepted");
    }
  }

  /** Why nothing more is accepted; empty when there is room. */
  public Optional<String> low() {
    if (!low) {
      return Optional.empty();
    }
    return Optional.of(
        "the coordinator's disk has "
            + (free >> 20)
            + " MiB left and nothing is accepted below "
            + (limits.lowWater() >> 20)
            + " MiB; what is there stays and is served, the operator has to make room");
  }

  /** Octets free when last looked at. */
  public long free() {
    return free;
  }

  /** Octets the ballast takes up. */
  public long reserved() {
    return reserved;
  }
}
