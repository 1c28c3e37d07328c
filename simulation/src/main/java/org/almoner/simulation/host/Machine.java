package org.almoner.simulation.host;

import java.time.Duration;

/**
 * What a computer can do.
 *
 * @param name unlike any other's
 * @param cores units it runs at a time
 * @param speed instructions a millisecond on one of them
 * @param want leases it holds at a time
 * @param linksLate whether its owner says whose it is only when it already works
 * @param clockOff how far its clock is ahead, when it is switched on first
 * @param clockDriftPpm how much faster its clock goes, in millionths
 */
public record Machine(
    String name,
    int cores,
    long speed,
    int want,
    Hours hours,
    boolean linksLate,
    Duration clockOff,
    int clockDriftPpm) {}
