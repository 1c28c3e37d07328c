package org.almoner.ledger.tally;

import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.GpuUse;
import org.almoner.protocol.usage.UsageLine;

/**
 * Sums of what lines took.
 *
 * @param cpu processor time, user and system, as it is credited
 * @param gpuMs graphics device time, milliseconds
 * @param memoryMibMs mean resident memory times wall time, mebibyte-milliseconds
 * @param joules energy by the tier of its reading; a tier without readings is absent
 */
public record Quantities(CpuTime cpu, long gpuMs, long memoryMibMs, Map<Energy.Tier, Long> joules) {
  /** Nothing at all. */
  public static final Quantities NONE = new Quantities(CpuTime.NONE, 0, 0, Map.of());

  private static final long MAX = JsonValue.INTEGER_MAX;

  /** Copies {@code joules} in tier order and refuses negative sums. */
  public Quantities {
    EnumMap<Energy.Tier, Long> ordered = new EnumMap<>(Energy.Tier.class);
    ordered.putAll(joules);
    joules = Collections.unmodifiableMap(ordered);
    if (gpuMs < 0 || memoryMibMs < 0) {
      throw new IllegalArgumentException("quantities are never negative");
    }
  }

  /**
   * What one line took.
   *
   * @param creditedMs processor time that is credited to it, at most what it states; energy follows
   *     in proportion
   */
  public static Quantities of(UsageLine line, Outcome.Tier tier, long creditedMs) {
    long gpu = line.gpus().stream().mapToLong(GpuUse::ms).sum();
    EnumMap<Energy.Tier, Long> joules = new EnumMap<>(Energy.Tier.class);
    line.energy().ifPresent(e -> joules.put(e.tier(), part(e.joules(), creditedMs, line.cpuMs())));
    return new Quantities(CpuTime.of(tier, creditedMs), gpu, mebibyteMs(line), joules);
  }

  /** The part that is credited of {@code whole}, rounded up: rounding never takes. */
  private static long part(long whole, long credited, long measured) {
    if (credited >= measured) {
      return whole;
    }
    BigInteger[] parts =
        BigInteger.valueOf(whole)
            .multiply(BigInteger.valueOf(credited))
            .divideAndRemainder(BigInteger.valueOf(measured));
    return parts[0].longValueExact() + parts[1].signum();
  }

  /** The sum of both; overflow ends in an ArithmeticException, never in a wrong figure. */
  public Quantities plus(Quantities other) {
    EnumMap<Energy.Tier, Long> sum = new EnumMap<>(Energy.Tier.class);
    sum.putAll(joules);
    other.joules.forEach((tier, j) -> sum.merge(tier, j, Math::addExact));
    return new Quantities(
        cpu.plus(other.cpu),
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
            CpuTime.parse(fields.object("cpuMs")),
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
        .put("cpuMs", cpu.toJson())
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
