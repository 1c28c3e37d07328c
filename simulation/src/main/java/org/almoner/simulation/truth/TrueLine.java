package org.almoner.simulation.truth;

/**
 * What a finished unit really was.
 *
 * @param strategy how its computer's owner behaves, by name
 * @param donor account that it was computed for, by the number of the person
 * @param honest whether the owner means well
 * @param right whether output and count are the right ones
 * @param realMs processor time that it took
 * @param claimedMs processor time that was reported
 */
public record TrueLine(
    String strategy, int donor, boolean honest, boolean right, long realMs, long claimedMs) {
  /** Processor time that was claimed and never given for this unit. */
  public long forgedMs() {
    return right ? Math.max(0, claimedMs - realMs) : claimedMs;
  }
}
