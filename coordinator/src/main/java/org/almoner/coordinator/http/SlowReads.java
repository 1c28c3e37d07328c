package org.almoner.coordinator.http;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.almoner.coordinator.http.route.Refusals;

/**
 * Answers that may take seconds to read from the store, one after the other on a thread of their
 * own, so that they never keep agents waiting. Donors and auditors have a queue each.
 */
final class SlowReads implements AutoCloseable {
  /** Most answers waiting for their turn; one more is told to come back. */
  static final int WAITING_MAX = 64;

  private final Duration timeMax;
  private final String whose;
  private final ExecutorService thread;

  /**
   * A queue with a thread of its own.
   *
   * @param whose who waits in it, in the plural, for the thread's name and the refusal
   */
  SlowReads(String whose, Duration timeMax) {
    this.whose = whose;
    this.timeMax = timeMax;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            task -> {
              Thread made = new Thread(task, "almoner-http-" + whose);
              made.setDaemon(true);
              return made;
            });
  }

  /** Answers {@code waiting} when its turn has come. */
  void answer(AsyncResponse waiting, Callable<Response> read) {
    waiting.setTimeoutHandler(late -> late.resume(Answers.tooLate(timeMax)));
    waiting.setTimeout(timeMax.toMillis(), TimeUnit.MILLISECONDS);
    try {
      thread.execute(() -> answerNow(waiting, read));
    } catch (RejectedExecutionException e) {
      throw Refusals.busy("too many " + whose + " are asking at once; try again a little later");
    }
  }

  private static void answerNow(AsyncResponse waiting, Callable<Response> read) {
    try {
      waiting.resume(read.call());
    } catch (Exception e) {
      waiting.resume(e); // The mapper knows refusals and hides everything else.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
