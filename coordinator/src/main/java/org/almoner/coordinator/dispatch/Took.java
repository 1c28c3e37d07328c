package org.almoner.coordinator.dispatch;

import java.util.List;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.usage.UsageLine;

/**
 * What a logged line states that a run took, as far as owners are told.
 *
 * @param wallMs 0 when it was logged before this was kept
 * @param memPeakBytes resident peak; 0 when it was logged before this was kept
 * @param engines what ran it; none when the line does not say, or was logged before this was kept
 */
public record Took(long cpuMs, long wallMs, long memPeakBytes, List<Engine> engines) {
  /** Nothing yet. */
  static final Took NOTHING = new Took(0, 0, 0, List.of());

  private static final int CPU_ALONE = 1;

  /** Version of the first rows that name the engine. */
  static final int ENGINE_SINCE = 4;

  /** Copies the list. */
  public Took {
    engines = List.copyOf(engines);
  }

  /** What {@code line} states. */
  public static Took of(UsageLine line) {
    return new Took(line.cpuMs(), line.wallMs(), line.memPeakBytes(), line.engines());
  }

  static Took read(RowReader in) throws DamagedRow {
    long cpuMs = in.number();
    if (in.version() == CPU_ALONE) {
      return new Took(cpuMs, 0, 0, List.of());
    }
    long wallMs = in.number();
    long memPeakBytes = in.number();
    return new Took(
        cpuMs,
        wallMs,
        memPeakBytes,
        in.version() < ENGINE_SINCE ? List.of() : EngineField.of(in, in.octet()));
  }

  void write(RowWriter out) {
    out.number(cpuMs).number(wallMs).number(memPeakBytes);
    out.octet(EngineField.digit(engines));
  }
}
