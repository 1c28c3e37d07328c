package org.almoner.ledger.tally;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.GpuUse;
import org.almoner.protocol.usage.UsageLine;

/**
 * Sums of what lines took.
 *
 * @param cpuMs CPU time, user and system, milliseconds
 * @param gpuMs graphics device time, milliseconds
 * @param memoryMibMs mean resident memory times wall time, mebibyte-milliseconds
 * @param joules energy by the tier of its reading; a tier without readings is absent
 */
public record Quantities(long cpuMs, long gpuMs, long memoryMibMs, Map<Energy.Tier, Long> joules) {
  /** Nothing at all. */
  public static final Quantities NONE = new Quantities(0, 0, 0, Map.of());

  private static final long MAX = JsonValue.INTEGER_MAX;

  /** Copies {@code joules} in tier order and refuses negative sums. */
  public Quantities {
    EnumMap<Energy.Tier, Long> ordered = new EnumMap<>(Energy.Tier.class);
    ordered.putAll(joules);
    joules = Collections.unmodifiableMap(ordered);
    if (cpuMs < 0 || gpuMs < 0 || memoryMibMs < 0) {
      throw new IllegalArgumentException("quantities are never negative");
    }
  }

  /** What one line took. */
  public static Quantities of(UsageLine line) {
    long gpu = line.gpus().stream().mapToLong(GpuUse::ms).sum();
    EnumMap<Energy.Tier, Long> joules = new EnumMap<>(Energy.Tier.class);
    line.energy().ifPresent(e -> joules.put(e.tier(), e.joules()));
    return new Quantities(line.cpuMs(), gpu, mebibyteMs(line), joules);
  }

  /** The sum of both; overflow ends in an ArithmeticException, never in a wrong figure. */
  public Quantities plus(Quantities other) {
    EnumMap<Energy.Tier, Long> sum = new EnumMap<>(Energy.Tier.class);
    sum.putAll(joules);
    other.joules.forEach((tier, j) -> sum.merge(tier, j, Math::addExact));
    return new Quantities(
        Math.addExact(cpuMs, other.cpuMs),
        Math.addExact(gpuMs, other.gpuMs),
        Math.addExact(memoryMibMs, other.memoryMibMs),
        sum);
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Quantities parse(JsonFields fields) throws MalformedJson {
    JsonFields energy = fields.object("joules");
    EnumMap<Energy.Tier, Long> joules = new EnumMap<>(Energy.Tier.class);
    for (Energy.Tier tier : Energy.Tier.values()) {
      if (energy.has(tier.name())) {
        joules.put(tier, energy.integer(tier.name(), 0, MAX));
      }
    }
    energy.end();
    Quantities read =
        new Quantities(
            fields.integer("cpuMs", 0, MAX),
            fields.integer("gpuMs", 0, MAX),
            fields.integer("memoryMibMs", 0, MAX),
            joules);
    fields.end();
    return read;
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder energy = JsonValue.Obj.of();
    joules.forEach((tier, j) -> energy.put(tier.name(), j));
    return JsonValue.Obj.of()
        .put("cpuMs", cpuMs)
        .put("gpuMs", gpuMs)
        .put("memoryMibMs", memoryMibMs)
        .put("joules", energy.build())
        .build();
  }

  /** Rounded down, so that rounding never adds to what was given. */
  private static long mebibyteMs(UsageLine line) {
    return Math.multiplyExact(line.memMeanBytes() >> 10, line.wallMs()) >> 10;
  }
}
