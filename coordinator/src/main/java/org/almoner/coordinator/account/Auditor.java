package org.almoner.coordinator.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Somebody whom the operator lets open lines of the log, one at a time and for a while.
 *
 * @param token hash of the token; the text is shown once and kept nowhere
 * @param name for people and the operator's log, 1 to {@link #NAME_MAX} characters
 * @param untilMs the token opens nothing from then on, coordinator's clock
 * @param leavesMax readings of lines that the appointment is good for
 * @param leavesRead how many of them are spent; a line that is read again counts again
 * @param appointed false when the operator has taken it back
 */
public record Auditor(
    Hash token, String name, long untilMs, int leavesMax, int leavesRead, boolean appointed)
    implements Row {
  /** Longest name, in characters. */
  public static final int NAME_MAX = 100;

  /** Longest time for which an auditor is appointed at once, in days. */
  public static final int DAYS_MAX = 366;

  /** Readings of lines that an appointment is good for, unless the operator says otherwise. */
  public static final int LEAVES_DEFAULT = 10_000;

  /** Most readings of lines that one appointment is good for. */
  public static final int LEAVES_MAX = 1_000_000;

  /** Family of the rows. */
  static final String FAMILY = "auditor/";

  private static final int VERSION = 2;

  /** Reads a row. */
  static Auditor parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    Hash token = Hash.parseHex(key.substring(FAMILY.length()));
    Auditor auditor =
        new Auditor(token, in.text(), in.number(), (int) in.number(), (int) in.number(), true);
    in.end();
    return auditor;
  }

  /** The same, let in no more. */
  Auditor dismissed() {
    return new Auditor(token, name, untilMs, leavesMax, leavesRead, false);
  }

  /** The same with one reading more, or a {@code Refusal} when all of them are spent. */
  Auditor afterReading() {
    if (leavesRead >= leavesMax) {
      throw new Refusal(
          403,
          "auditor-leaves",
          "The appointment's readings are spent",
          "this auditor was appointed for "
              + leavesMax
              + " readings of lines, and they are spent; ask the operator for a new token");
    }
    return new Auditor(token, name, untilMs, leavesMax, leavesRead + 1, appointed);
  }

  /** Readings that are left. */
  public int leavesLeft() {
    return leavesMax - leavesRead;
  }

  /** The name, or a {@code Refusal} when the time is over. */
  public String nameAt(long nowMs) {
    if (nowMs >= untilMs) {
      throw new Refusal(
          401,
          "token-expired",
          "The token's time is over",
          "this auditor's token opened lines until "
              + Instant.ofEpochMilli(untilMs).truncatedTo(ChronoUnit.SECONDS)
              + "; ask the operator for a new one");
    }
    return name;
  }

  @Override
  public String key() {
    return FAMILY + token.toHex();
  }

  @Override
  public Bytes image() {
    return appointed
        ? new RowWriter(VERSION)
            .text(name)
            .number(untilMs)
            .number(leavesMax)
            .number(leavesRead)
            .finish()
        : REMOVED;
  }
}
