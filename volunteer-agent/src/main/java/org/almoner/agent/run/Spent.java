package org.almoner.agent.run;

/**
 * What a unit has taken so far.
 *
 * @param wallMs without the time in which it was held still
 * @param cpuMs user and system time, as of the last sample
 */
public record Spent(long wallMs, long cpuMs) {
  /** Of a unit that has not begun, or was over before it could. */
  public static final Spent NOTHING = new Spent(0, 0);
}
