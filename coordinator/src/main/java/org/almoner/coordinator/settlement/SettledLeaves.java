package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;

/**
 * What settlements in the log have said of {@value #LEAVES} neighbouring leaves, an octet a leaf.
 *
 * <p>The log is the authority; this row is written together with the entry that states it, so that
 * nobody has to search the log for the settlement of a line.
 */
final class SettledLeaves implements Row {
  /** Leaves in a row. */
  static final int LEAVES = 1_024;

  private static final int VERSION = 1;

  /** Added to the digit of a line that was voided. */
  private static final int VOID = 0x10;

  private final long number;
  private final byte[] digits;

  private SettledLeaves(long number, byte[] digits) {
    this.number = number;
    this.digits = digits;
  }

  /** Notes what a settlement of {@code group} says. */
  static void keep(Group group, SortedMap<Long, Outcome> outcomes) throws IOException {
    for (Map.Entry<Long, Outcome> line : outcomes.entrySet()) {
      long number = line.getKey() / LEAVES;
      SettledLeaves row =
          find(group, line.getKey()).orElseGet(() -> new SettledLeaves(number, new byte[LEAVES]));
      row.digits[(int) (line.getKey() % LEAVES)] = (byte) line.getValue().digit();
      group.touch(row);
    }
  }

  static SettledLeaves parse(long number, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(number), row, VERSION);
    byte[] digits = in.fixed(LEAVES).toArray();
    in.end();
    for (byte digit : digits) {
      if (Outcome.of(digit & ~VOID).isEmpty()) {
        throw in.fault("holds outcome " + digit);
      }
    }
    return new SettledLeaves(number, digits);
  }

  /** {@link Outcome#NONE} for a leaf that is not settled. */
  Outcome outcome(long leaf) {
    return Outcome.of(digits[(int) (leaf % LEAVES)] & ~VOID).orElseThrow();
  }

  /** Whether the line at {@code leaf} counted and was voided. */
  boolean isVoid(long leaf) {
    return (digits[(int) (leaf % LEAVES)] & VOID) != 0;
  }

  /** The row that holds {@code leaf}, as this group has it. */
  static Optional<SettledLeaves> find(Group group, long leaf) throws IOException {
    long number = leaf / LEAVES;
    return group.find(key(number), SettledLeaves.class, octets -> parse(number, octets));
  }

  /** Notes that the settled line at {@code leaf} is void, or is so no more. */
  static void mark(Group group, long leaf, boolean isVoid) throws IOException {
    SettledLeaves row =
        find(group, leaf)
            .orElseThrow(() -> new IllegalStateException("line " + leaf + " is not settled"));
    int at = (int) (leaf % LEAVES);
    row.digits[at] = (byte) (isVoid ? row.digits[at] | VOID : row.digits[at] & ~VOID);
    group.touch(row);
  }

  static String key(long number) {
    return "settled/" + Long.toHexString(number);
  }

  @Override
  public String key() {
    return key(number);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).fixed(Bytes.of(Arrays.copyOf(digits, LEAVES))).finish();
  }
}
