package org.almoner.coordinator.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.almoner.protocol.identity.AgentId;

/**
 * Reads large outputs on threads of its own, so that no thread that takes requests does. One report
 * of an agent at a time: no agent has all the places.
 */
final class BlobChecks {
  /** Threads that read. */
  static final int THREADS = 2;

  /** Most reports that wait for a thread. */
  static final int WAITING_MAX = 64;

  private static final int REST_SECONDS = 10;

  private final Set<AgentId> agents = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads;

  BlobChecks() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            REST_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            work -> {
              Thread thread = new Thread(work, "almoner-outputs");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** What reads, and gives what it found. */
  @FunctionalInterface
  interface Check<T> {
    T run() throws IOException;
  }

  /**
   * Has {@code check} run when its turn comes.
   *
   * @throws org.almoner.coordinator.desk.Refusal when too many wait, or one of the same agent does
   */
  <T> CompletableFuture<T> run(AgentId agent, Check<T> check) {
    if (!agents.add(agent)) {
      throw Refusals.busy(
          "outputs of another report of this agent are being read; send this one again later");
    }
    CompletableFuture<T> found = new CompletableFuture<>();
    try {
      threads.execute(() -> complete(agent, check, found));
    } catch (RejectedExecutionException e) {
      agents.remove(agent);
      throw Refusals.busy(
          WAITING_MAX + " reports wait for their outputs to be read; send this one again later");
    }
    return found;
  }

  private <T> void complete(AgentId agent, Check<T> check, CompletableFuture<T> found) {
    Runnable telling;
    try {
      T result = check.run();
      telling = () -> found.complete(result);
    } catch (IOException e) {
      telling = () -> found.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException | Error e) {
      telling = () -> found.completeExceptionally(e);
    }
    agents.remove(agent);
    telling.run();
  }
}
