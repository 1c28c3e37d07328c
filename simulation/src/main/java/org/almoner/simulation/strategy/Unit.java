package org.almoner.simulation.strategy;

import org.almoner.protocol.lease.LeaseId;

/**
 * A unit on a computer.
 *
 * @param count instructions that it takes
 * @param fullMs processor time that it takes on this computer
 * @param waitedMs time that has passed since the computer was given it
 */
public record Unit(LeaseId lease, long count, long fullMs, long waitedMs) {}
