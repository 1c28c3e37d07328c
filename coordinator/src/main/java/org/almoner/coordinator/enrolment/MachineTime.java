package org.almoner.coordinator.enrolment;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;

/**
 * An account of one computer's processors: what they can have given, and what its lines took.
 *
 * <p>By the coordinator's clock each processor gives one millisecond in a millisecond. What was
 * given before the oldest lease in hand was issued cannot be stated by any line any more, and
 * lapses: otherwise a computer that rested for a year could state a year within a day.
 *
 * @param freeMs processor milliseconds that no line had taken at {@code atMs}
 * @param atMs when that was so, coordinator's clock; 0 for "before the first line"
 * @param coresBefore processors it was enrolled with until {@code changedMs}; 0 when they never
 *     changed
 * @param changedMs when it was enrolled with another number of processors, same clock
 */
public record MachineTime(long freeMs, long atMs, int coresBefore, long changedMs) {
  /** Nothing was taken. */
  public static final MachineTime NEW = new MachineTime(0, 0, 0, 0);

  /** After an enrolment with {@code next} processors in the place of {@code cores}. */
  MachineTime changed(int cores, int next, long nowMs) {
    if (cores == 0 || cores == next) {
      return this;
    }
    long grown = freeMs + cores * Math.max(0, nowMs - atMs);
    return new MachineTime(grown, nowMs, Math.max(cores, coresBefore), nowMs);
  }

  /** Processors it may have had at any time since {@code sinceMs}. */
  public int coresSince(int cores, long sinceMs) {
    return sinceMs < changedMs ? Math.max(cores, coresBefore) : cores;
  }

  /**
   * Processor milliseconds that no line has taken yet.
   *
   * @param cores processors it has now
   * @param sinceMs when the oldest of its leases in hand was issued
   */
  public long free(int cores, long sinceMs, long nowMs) {
    long given = freeMs + cores * Math.max(0, nowMs - atMs);
    long before = coresBefore * Math.max(0, changedMs - sinceMs);
    long after = cores * Math.max(0, nowMs - Math.max(sinceMs, changedMs));
    return Math.min(given, before + after);
  }

  /** After lines that took so much; more than is free leaves nothing. */
  public MachineTime take(int cores, long sinceMs, long nowMs, long tookMs) {
    long left = Math.max(0, free(cores, sinceMs, nowMs) - tookMs);
    return new MachineTime(left, Math.max(atMs, nowMs), coresBefore, changedMs);
  }

  static MachineTime read(RowReader in) throws DamagedRow {
    return new MachineTime(in.number(), in.number(), (int) in.number(), in.number());
  }

  void write(RowWriter out) {
    out.number(freeMs).number(atMs).number(coresBefore).number(changedMs);
  }
}
