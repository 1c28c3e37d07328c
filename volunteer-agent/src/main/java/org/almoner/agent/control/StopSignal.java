package org.almoner.agent.control;

import java.util.ArrayList;
import java.util.List;

/** Told once to stop, from any thread; runs what was waiting for that. */
public final class StopSignal {
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean given;

  /** Stops; the second time nothing happens. */
  public void stop() {
    List<Runnable> now;
    synchronized (this) {
      if (given) {
        return;
      }
      given = true;
      now = List.copyOf(waiting);
    }
    now.forEach(Runnable::run);
  }

  /** Whether {@link #stop} was called. */
  public synchronized boolean given() {
    return given;
  }

  /** Runs {@code action} when the signal is given, at once if it was. */
  public void onStop(Runnable action) {
    boolean now;
    synchronized (this) {
      now = given;
      if (!now) {
        waiting.add(action);
      }
    }
    if (now) {
      action.run();
    }
  }
}
