package org.almoner.agent.consent;

/**
 * How hard units may drive this computer, all of them alike.
 *
 * @param cpuPercent of the processors lent to a unit, what it may use on average, 1 to 100
 * @param thermostat says when to rest
 */
public record Restraint(int cpuPercent, Thermostat thermostat) {
  /** As hard as they like, within what is lent. */
  public static final Restraint NONE = new Restraint(100, Thermostat.off());

  /** Refuses what is no percentage. */
  public Restraint {
    if (cpuPercent < 1 || cpuPercent > 100) {
      throw new IllegalArgumentException(
          "share of the processors: expected 1 to 100 percent, got " + cpuPercent);
    }
  }
}
