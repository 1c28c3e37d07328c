package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
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
          group
              .find(key(number), SettledLeaves.class, octets -> parse(number, octets))
              .orElseGet(() -> new SettledLeaves(number, new byte[LEAVES]));
      row.digits[(int) (line.getKey() % LEAVES)] = (byte) line.getValue().digit();
      group.touch(row);
    }
  }

  static SettledLeaves parse(long number, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(number), row, VERSION);
    byte[] digits = in.fixed(LEAVES).toArray();
    in.end();
    for (byte digit : digits) {
      if (Outcome.of(digit).isEmpty()) {
        throw in.fault("holds outcome " + digit);
      }
    }
    return new SettledLeaves(number, digits);
  }

  /** {@link Outcome#NONE} for a leaf that is not settled. */
  Outcome outcome(long leaf) {
    return Outcome.of(digits[(int) (leaf % LEAVES)]).orElseThrow();
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
