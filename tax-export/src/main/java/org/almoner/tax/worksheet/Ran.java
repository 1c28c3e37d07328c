package org.almoner.tax.worksheet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.almoner.protocol.usage.Energy;

/**
 * One unit that counted: when it ran on which computer, and what its report says of energy.
 *
 * @param computer identifier of the computer, 64 hexadecimal digits
 * @param startMs first sample, milliseconds since 1970 UTC
 * @param endMs last sample, not before the first
 * @param wallMs time within it in which the unit could run, at most that between the two
 * @param energy none or one: what is credited of the report's figure, above idle
 */
public record Ran(String computer, long startMs, long endMs, long wallMs, List<Energy> energy) {
  public Ran {
    energy = List.copyOf(energy);
    wallMs = Math.min(wallMs, endMs - startMs);
  }

  /** The UTC day it belongs to: that of its end. */
  LocalDate day() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(endMs), ZoneOffset.UTC);
  }

  /** Milliseconds from its first to its last sample. */
  long spanMs() {
    return endMs - startMs;
  }
}
