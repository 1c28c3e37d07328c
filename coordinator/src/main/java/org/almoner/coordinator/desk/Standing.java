package org.almoner.coordinator.desk;

import java.time.LocalDate;
import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.LeaseId;

/**
 * How a donor's lines stand at this moment.
 *
 * @param returned lines in the log
 * @param agreed lines whose answer was agreed, matured or not
 * @param waiting lines that wait for an answer of another donor's computer
 * @param countedMs processor time of the lines that count already
 * @param maturing agreed lines that do not count yet, by the day they will, in order
 * @param excluded newest lines that never will count, newest first, at most {@link #EXCLUDED_MAX}
 */
public record Standing(
    long returned,
    long agreed,
    long waiting,
    long countedMs,
    List<Maturing> maturing,
    List<Excluded> excluded) {
  /** Most lines listed that do not count. */
  public static final int EXCLUDED_MAX = 100;

  /** Copies the lists. */
  public Standing {
    maturing = List.copyOf(maturing);
    excluded = List.copyOf(excluded);
  }

  /**
   * Lines that mature on one day.
   *
   * @param day UTC
   * @param lines how many
   * @param cpuMs their processor time
   */
  public record Maturing(LocalDate day, long lines, long cpuMs) {}

  /**
   * A line that does not count.
   *
   * @param project name of its batch
   * @param leaf its index in the log
   * @param outcome why
   */
  public record Excluded(LeaseId lease, String project, long leaf, Outcome outcome) {}
}
