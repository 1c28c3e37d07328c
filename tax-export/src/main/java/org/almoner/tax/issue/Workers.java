package org.almoner.tax.issue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Does the same to many, several at a time, and hands the results back in order. */
final class Workers {
  private final Executor executor;

  Workers(Executor executor) {
    this.executor = executor;
  }

  /** Work on one that may fail. */
  interface Work<A, B> {
    B apply(A one) throws IOException;
  }

  /**
   * Waits for all of them, also when one fails.
   *
   * @throws IOException or another failure: the first in their order
   */
  <A, B> List<B> all(List<A> items, Work<A, B> work) throws IOException {
    List<FutureTask<B>> tasks = new ArrayList<>();
    for (A item : items) {
      Callable<B> call = () -> work.apply(item);
      FutureTask<B> task = new FutureTask<>(call);
      tasks.add(task);
      executor.execute(task);
    }
    for (FutureTask<B> task : tasks) {
      awaitEnd(task);
    }
    List<B> results = new ArrayList<>();
    for (FutureTask<B> task : tasks) {
      results.add(result(task));
    }
    return results;
  }

  private static void awaitEnd(FutureTask<?> task) throws IOException {
    try {
      var unused = task.get();
    } catch (ExecutionException e) {
      // thrown in its turn, once no other is at work any more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static <B> B result(FutureTask<B> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
