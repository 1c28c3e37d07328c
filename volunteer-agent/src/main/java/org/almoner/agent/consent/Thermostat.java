package org.almoner.agent.consent;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Says whether the computer is too hot to work: above the ceiling it must rest until it is {@value
 * #COOL_DOWN} degrees below, so that it does not begin and end every second. For any thread.
 */
public final class Thermostat {
  /** Lowest and highest ceiling that makes sense, degrees Celsius. */
  public static final int CELSIUS_MIN = 40;

  public static final int CELSIUS_MAX = 110;

  /** Degrees below the ceiling at which work goes on. */
  public static final int COOL_DOWN = 5;

  private final Supplier<OptionalInt> celsius;
  private final int ceiling;
  private boolean hot;

  /**
   * @param celsius the computer's temperature now; empty when nothing tells it, which is never too
   *     hot
   * @param ceiling degrees Celsius
   */
  public Thermostat(Supplier<OptionalInt> celsius, int ceiling) {
    if (ceiling < CELSIUS_MIN || ceiling > CELSIUS_MAX) {
      throw new IllegalArgumentException(
          "the temperature ceiling: expected "
              + CELSIUS_MIN
              + " to "
              + CELSIUS_MAX
              + " degrees Celsius, got "
              + ceiling);
    }
    this.celsius = celsius;
    this.ceiling = ceiling;
  }

  private Thermostat() {
    this.celsius = OptionalInt::empty;
    this.ceiling = Integer.MAX_VALUE;
  }

  /** Of an owner who set no ceiling. */
  public static Thermostat off() {
    return new Thermostat();
  }

  /** One sentence for the owner while the computer must rest; empty while it may work. */
  public synchronized Optional<String> reasonToRest() {
    OptionalInt now = celsius.get();
    int limit = hot ? ceiling - COOL_DOWN : ceiling;
    hot = now.isPresent() && now.getAsInt() > limit;
    return hot
        ? Optional.of(
            "resting: the processor has "
                + now.getAsInt()
                + " degrees Celsius, the ceiling is "
                + ceiling
                + "; work goes on at "
                + (ceiling - COOL_DOWN))
        : Optional.empty();
  }
}
