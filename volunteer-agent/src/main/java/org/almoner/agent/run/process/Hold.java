package org.almoner.agent.run.process;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.almoner.agent.meter.ProcessMeter;

/** Holds a tree of processes still for as long as there is a reason to. For any thread. */
final class Hold {
  /** Why. */
  enum Reason {
    /** Somebody asked for a pause. */
    PAUSE,
    /** It has had its share of the processors for now. */
    SHARE,
    /** The computer is too hot. */
    HEAT
  }

  private final ProcessControl control;
  private final ProcessMeter meter;
  private final Stopwatch watch;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private final Set<ProcessHandle> held = new LinkedHashSet<>();

  Hold(ProcessControl control, ProcessMeter meter, Stopwatch watch) {
    this.control = control;
    this.meter = meter;
    this.watch = watch;
  }

  /** Adds a reason; nothing comes of it where the system cannot hold processes. */
  synchronized void add(Reason reason) {
    if (reasons.contains(reason)) {
      return;
    }
    // Ten times a second is too often to look for every new process: those known will do for a
    // share, which is met in the long run.
    held.addAll(control.hold(reason == Reason.SHARE ? meter::known : meter::running));
    if (held.isEmpty()) {
      return;
    }
    if (reasons.isEmpty()) {
      watch.hold();
    }
    reasons.add(reason);
  }

  /** Takes a reason away; with the last one the processes go on. */
  synchronized void remove(Reason reason) {
    if (reasons.remove(reason) && reasons.isEmpty()) {
      watch.free();
      control.free(List.copyOf(held));
      held.clear();
    }
  }

  /** Whether there is a reason. */
  synchronized boolean on() {
    return !reasons.isEmpty();
  }

  /** Whether there is this reason. */
  synchronized boolean on(Reason reason) {
    return reasons.contains(reason);
  }
}
