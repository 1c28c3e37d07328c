package org.almoner.agent.run.process;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks a run is measured with.
 *
 * @param calendar tells when
 * @param nanos monotonic; tells how long
 */
public record Clocks(InstantSource calendar, LongSupplier nanos) {}
