package org.almoner.agent.meter;

import org.almoner.protocol.usage.Energy;

/**
 * What a unit's processor time took in energy above idle, where no meter says: tier M3.
 *
 * <p>The power of one busy logical processor above an idle one is the difference of the mean
 * coefficients that the Cloud Carbon Footprint project publishes for server processors (3.5 W busy,
 * 0.74 W idle, from SPECpower results). Home computers take more, so the figure errs on the low
 * side; memory, losses of the power supply and cooling are not in it.
 */
public final class EnergyModel {
  /** Milliwatts of one busy logical processor above an idle one. */
  public static final long MILLIWATTS_PER_PROCESSOR = 3_500 - 740;

  private EnergyModel() {}

  /** Energy of {@code cpuMs} milliseconds of processor time, rounded down to a joule. */
  public static Energy of(long cpuMs) {
    return new Energy(
        Math.multiplyExact(cpuMs, MILLIWATTS_PER_PROCESSOR) / 1_000_000, Energy.Tier.M3);
  }
}
