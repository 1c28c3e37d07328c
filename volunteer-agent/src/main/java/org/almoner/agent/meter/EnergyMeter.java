package org.almoner.agent.meter;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.almoner.protocol.usage.Energy;

/**
 * Finds what a unit took in energy, from a counter of the whole machine: what was taken above the
 * machine's own idle level, in the unit's share of all processor time. For any thread.
 *
 * <p>The idle level is measured on this machine while no unit runs and next to nothing else does.
 * Until it is known, and where there is no counter, nothing is said.
 */
public final class EnergyMeter {
  /** A stretch shorter than this tells nothing about the idle level. */
  private static final long STRETCH_MS_MIN = 5_000;

  /** Busy for more than this part of the time, a machine is not idle. */
  private static final double IDLE_BUSY_MAX = 0.05;

  /** Weight of the newest stretch in the idle level. */
  private static final double NEWEST = 0.25;

  /**
   * A counter that lags behind or leads, by so much of the time that passed, was not read for this
   * unit.
   */
  private static final double LAG_MAX = 0.2;

  private static final double MICROJOULES = 1e6;
  private static final double MICROWATTS_PER_MS = 1e-3;

  private final Optional<EnergyCounter> counter;
  private final Supplier<OptionalLong> busyMs;
  private final int processors;
  private int units;
  private Optional<Moment> restedSince = Optional.empty();
  private double idleMicrowatts = -1;

  /** Where a stretch begins. */
  private record Moment(EnergyCounter.Level level, long busyMs) {}

  /** A unit's beginning. */
  public final class Stretch {
    private final Optional<Moment> begin;

    private Stretch(Optional<Moment> begin) {
      this.begin = begin;
    }

    /** Reads the counter, so that it does not wrap unnoticed. */
    public void look() {
      counter.ifPresent(EnergyCounter::read);
    }

    /**
     * The unit's end.
     *
     * @param ranMs time since its beginning
     * @param cpuMs processor time it used
     * @return what it took, one figure or none
     */
    public List<Energy> end(long ranMs, long cpuMs) {
      return EnergyMeter.this.end(begin, ranMs, cpuMs);
    }
  }

  /**
   * @param counter of the machine, if it has one
   * @param busyMs time of all processors at work
   * @param processors how many there are
   */
  EnergyMeter(Optional<EnergyCounter> counter, Supplier<OptionalLong> busyMs, int processors) {
    this.counter = counter;
    this.busyMs = busyMs;
    this.processors = processors;
    this.restedSince = now();
  }

  /** Whether anything counts. */
  boolean counts() {
    return counter.isPresent();
  }

  private Optional<Moment> now() {
    OptionalLong busy = busyMs.get();
    return busy.isEmpty()
        ? Optional.empty()
        : counter.flatMap(EnergyCounter::read).map(level -> new Moment(level, busy.getAsLong()));
  }

  /** A unit begins. */
  public synchronized Stretch begin() {
    rest();
    units++;
    return new Stretch(now());
  }

  /** Nothing has run since this was last called; to be called once a minute or so. */
  synchronized void rest() {
    if (units > 0 || counter.isEmpty()) {
      return;
    }
    Optional<Moment> now = now();
    if (now.isPresent() && restedSince.isPresent()) {
      Moment from = restedSince.get();
      long ms = now.get().level().ms() - from.level().ms();
      if (ms < STRETCH_MS_MIN) {
        return;
      }
      double busy = (now.get().busyMs() - from.busyMs()) / (double) ms / processors;
      long taken = now.get().level().microjoules() - from.level().microjoules();
      if (busy <= IDLE_BUSY_MAX && taken >= 0) {
        double level = taken / (ms * MICROWATTS_PER_MS);
        idleMicrowatts =
            idleMicrowatts < 0 ? level : idleMicrowatts + NEWEST * (level - idleMicrowatts);
      }
    }
    restedSince = now;
  }

  private synchronized List<Energy> end(Optional<Moment> begin, long ranMs, long cpuMs) {
    units--;
    Optional<Moment> end = now();
    restedSince = end;
    if (begin.isEmpty() || end.isEmpty() || idleMicrowatts < 0) {
      return List.of();
    }
    long ms = end.get().level().ms() - begin.get().level().ms();
    long taken = end.get().level().microjoules() - begin.get().level().microjoules();
    long busy = end.get().busyMs() - begin.get().busyMs();
    boolean told = taken >= 0 && Math.abs(ms - ranMs) <= ranMs * LAG_MAX;
    if (!told || busy <= 0) {
      return List.of();
    }
    double aboveIdle = Math.max(0, taken - idleMicrowatts * ms * MICROWATTS_PER_MS);
    double share = Math.min(1, cpuMs / (double) busy);
    return List.of(
        new Energy((long) (aboveIdle * share / MICROJOULES), counter.orElseThrow().tier()));
  }
}
