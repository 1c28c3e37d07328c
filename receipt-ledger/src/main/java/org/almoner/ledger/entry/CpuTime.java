package org.almoner.ledger.entry;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Processor time, user and system, by how it was proved.
 *
 * @param c1 milliseconds of {@link Outcome.Tier#C1}
 * @param c2 milliseconds of {@link Outcome.Tier#C2}
 * @param c3 milliseconds of {@link Outcome.Tier#C3}
 */
public record CpuTime(long c1, long c2, long c3) {
  /** No time at all. */
  public static final CpuTime NONE = new CpuTime(0, 0, 0);

  /** Refuses negative times. */
  public CpuTime {
    if (c1 < 0 || c2 < 0 || c3 < 0) {
      throw new IllegalArgumentException("processor time is never negative");
    }
  }

  /** So many milliseconds of one tier. */
  public static CpuTime of(Outcome.Tier tier, long ms) {
    return new CpuTime(
        tier == Outcome.Tier.C1 ? ms : 0,
        tier == Outcome.Tier.C2 ? ms : 0,
        tier == Outcome.Tier.C3 ? ms : 0);
  }

  /** Milliseconds of one tier. */
  public long ms(Outcome.Tier tier) {
    return switch (tier) {
      case C1 -> c1;
      case C2 -> c2;
      case C3 -> c3;
    };
  }

  /** Milliseconds of all tiers. */
  public long totalMs() {
    return Math.addExact(Math.addExact(c1, c2), c3);
  }

  /** The sum of both; overflow ends in an ArithmeticException, never in a wrong figure. */
  public CpuTime plus(CpuTime other) {
    return new CpuTime(
        Math.addExact(c1, other.c1), Math.addExact(c2, other.c2), Math.addExact(c3, other.c3));
  }

  /** Reads the object that {@link #toJson} writes; a tier that is there is not 0. */
  public static CpuTime parse(JsonFields fields) throws MalformedJson {
    CpuTime read = NONE;
    for (Outcome.Tier tier : Outcome.Tier.values()) {
      if (fields.has(tier.name())) {
        read = read.plus(of(tier, fields.integer(tier.name(), 1, JsonValue.INTEGER_MAX)));
      }
    }
    fields.end();
    return read;
  }

  /** One object with a field for each tier that is not 0. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of();
    for (Outcome.Tier tier : Outcome.Tier.values()) {
      if (ms(tier) > 0) {
        out.put(tier.name(), ms(tier));
      }
    }
    return out.build();
  }
}
