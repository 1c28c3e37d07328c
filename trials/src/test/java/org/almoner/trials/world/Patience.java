package org.almoner.trials.world;

import java.io.IOException;

/** Waits that end in a failure of the trial instead of never. */
public final class Patience {
  private static final long STANDSTILL_SECONDS_MAX = 300;

  private Patience() {}

  /** Something that is to become true. */
  @FunctionalInterface
  public interface Event {
    boolean happened() throws Exception;
  }

  /** Something asked over HTTP. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws IOException;
  }

  /** Waits until {@code event} happened; a coordinator that is down at the moment is no failure. */
  public static void until(String what, Event event) throws Exception {
    long end = System.nanoTime() + STANDSTILL_SECONDS_MAX * 1_000_000_000L;
    while (!happened(event)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("standstill: " + what);
      }
      Thread.sleep(50);
    }
  }

  private static boolean happened(Event event) throws Exception {
    try {
      return event.happened();
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks until there is an answer. */
  public static <T> T insist(Question<T> question) throws Exception {
    long end = System.nanoTime() + STANDSTILL_SECONDS_MAX * 1_000_000_000L;
    while (true) {
      try {
        return question.ask();
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }
}
