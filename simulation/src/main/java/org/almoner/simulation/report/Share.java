package org.almoner.simulation.report;

/**
 * What all computers that behave alike did, in milliseconds of processor time.
 *
 * @param lines usage lines in the log
 * @param realMs what they really gave
 * @param forgedMs what they claimed and never gave
 * @param survivedMs of that, what counts when everything is settled
 * @param countedMs of what they really gave, what counts
 * @param lostMs of what they really gave, what was settled and does not count
 * @param openMs of what they really gave, what nobody else answered before the end
 */
public record Share(
    long lines,
    long realMs,
    long forgedMs,
    long survivedMs,
    long countedMs,
    long lostMs,
    long openMs) {
  /** Nothing at all. */
  public static final Share NONE = new Share(0, 0, 0, 0, 0, 0, 0);

  /** The sum of both. */
  public Share plus(Share other) {
    return new Share(
        lines + other.lines,
        realMs + other.realMs,
        forgedMs + other.forgedMs,
        survivedMs + other.survivedMs,
        countedMs + other.countedMs,
        lostMs + other.lostMs,
        openMs + other.openMs);
  }
}
