package org.almoner.command;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.almoner.tax.issue.IssueRuns;

/** The threads of a run over many donors: one that goes over them, and one a processor to draw. */
final class IssuingThreads {
  /** Longest wait, at the end, for the group that is at work. */
  private static final long LAST_GROUP_SECONDS = 60;

  private final ExecutorService run = pool(1, "issuing");
  private final ExecutorService drawing =
      pool(Math.max(1, Runtime.getRuntime().availableProcessors()), "drawing");

  ExecutorService run() {
    return run;
  }

  ExecutorService drawing() {
    return drawing;
  }

  /** Lets the group at work end, never interrupts it: what is cut short would look like damage. */
  void close(IssueRuns runs) {
    runs.stop();
    run.shutdown();
    try {
      boolean unused = run.awaitTermination(LAST_GROUP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    drawing.shutdown();
  }

  private static ExecutorService pool(int threads, String name) {
    return Executors.newFixedThreadPool(
        threads,
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
