package org.almoner.command.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Many agents that do something, each once. */
final class Crowd {
  /** A thread that mostly waits needs little; ten thousand have to fit. */
  private static final long STACK_BYTES = 256 * 1024;

  private final List<ReturningAgent> agents;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicInteger done = new AtomicInteger();

  Crowd(List<ReturningAgent> agents) {
    this.agents = List.copyOf(agents);
  }

  /** What one of them does. */
  interface Deed {
    void of(ReturningAgent agent) throws IOException, InterruptedException, BenchFailed;
  }

  /** How many are through. */
  int done() {
    return done.get();
  }

  /**
   * Lets all do it, so many at once, all of which begin in one moment.
   *
   * @throws BenchFailed when one of them failed
   */
  void all(int atOnce, Deed deed) throws InterruptedException, BenchFailed {
    done.set(0);
    AtomicInteger next = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      Runnable work = () -> guarded(begin, next, deed);
      Thread thread = new Thread(null, work, "agent-" + i, STACK_BYTES);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    Exception first = failure.get();
    if (first instanceof BenchFailed failed) {
      throw failed;
    }
    if (first != null) {
      throw new BenchFailed("the load broke off: " + first, first);
    }
  }

  private void guarded(CountDownLatch begin, AtomicInteger next, Deed deed) {
    try {
      begin.await();
      for (int i = next.getAndIncrement();
          i < agents.size() && failure.get() == null;
          i = next.getAndIncrement()) {
        deed.of(agents.get(i));
        done.incrementAndGet();
      }
    } catch (IOException | InterruptedException | BenchFailed | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }
}
