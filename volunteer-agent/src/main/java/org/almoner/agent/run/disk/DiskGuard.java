package org.almoner.agent.run.disk;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.run.process.ChildProcess;

/**
 * Looks at what a unit's process writes, by a thread of its own, and stops the process when it has
 * to end.
 */
public final class DiskGuard {
  /** Time between two looks, and how much of one processor looking may take: 1 %. */
  private static final long LOOK_MS_MIN = 100;

  private static final long LOOK_MS_MAX = 2_000;
  private static final long LOOK_SHARE = 100;

  private final ChildProcess process;
  private final DiskWatch disk;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "disk-of-unit");
  private volatile String broken = "";
  private volatile String unable = "";

  private DiskGuard(ChildProcess process, DiskWatch disk) {
    this.process = process;
    this.disk = disk;
  }

  /** Looks from now on until {@link #end}. */
  public static DiskGuard of(ChildProcess process, DiskWatch disk) {
    DiskGuard guard = new DiskGuard(process, disk);
    guard.thread.setDaemon(true);
    guard.thread.start();
    return guard;
  }

  /** The process has ended: no look is under way when this returns. */
  public void end() throws InterruptedException {
    ended.countDown();
    thread.join();
  }

  /** Looks until the end, at intervals that grow with what there is to look at. */
  private void watch() {
    try {
      long waitMs = LOOK_MS_MIN;
      while (!ended.await(waitMs, TimeUnit.MILLISECONDS)) {
        long beforeMs = process.spent().wallMs();
        look();
        long tookMs = process.spent().wallMs() - beforeMs;
        waitMs = Math.min(LOOK_MS_MAX, Math.max(LOOK_MS_MIN, tookMs * LOOK_SHARE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      broken = disk.broken().orElse("");
      if (disk.isDiskFull()) {
        unable = "this computer has less than " + DiskWatch.FREE_BYTES_MIN + " octets of disk left";
      }
    } catch (IOException e) {
      unable = "what the unit writes cannot be looked at: " + e.getMessage();
    }
    if (!broken.isEmpty() || !unable.isEmpty()) {
      process.stop();
      ended.countDown();
    }
  }

  /** What the process did for which it was stopped; empty when it did nothing of the kind. */
  public String broken() {
    return broken;
  }

  /** What this computer lacks, for which the process was stopped; empty when it lacks nothing. */
  public String unable() {
    return unable;
  }
}
