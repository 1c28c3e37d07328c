package org.almoner.command;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a long-running verb to end: on SIGTERM or Ctrl-C, and when asked, on the end of stdin. */
final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private StopSignal() {}

  /**
   * Listens from now on.
   *
   * @param withStdin whether the end of standard input counts as a signal
   */
  static StopSignal listen(boolean withStdin) {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::askAndWait, "stop-signal"));
    if (withStdin) {
      Thread watcher = new Thread(signal::watchStdin, "stdin-watch");
      watcher.setDaemon(true);
      watcher.start();
    }
    return signal;
  }

  /** Waits until the verb is to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Runs {@code action} when the verb is to end, on a thread of its own. */
  void onAsked(Runnable action) {
    Thread waiting =
        new Thread(
            () -> {
              try {
                asked.await();
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "on-stop");
    waiting.setDaemon(true);
    waiting.start();
  }

  void ask() {
    asked.countDown();
  }

  /** Says that everything is closed, so that the process may go. */
  void done() {
    ended.countDown();
  }

  private void askAndWait() {
    ask();
    try {
      ended.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchStdin() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      ask();
    }
    ask();
  }
}
