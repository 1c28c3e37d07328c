package org.almoner.coordinator.dispatch;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Compared;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;

/** How a result is compared, as rows of chunks hold it: one octet for most. */
final class ComparedField {
  /** Rows before this version hold results that are compared octet by octet. */
  static final int SINCE = 3;

  private static final int EXACTLY = 0;
  private static final int CANONICALLY = 1;
  private static final int WITHIN = 2;
  private static final int CLOSE_MAX = (1 << (LeaseId.REPLICA_MAX + 1)) - 1;

  private ComparedField() {}

  static Compared read(RowReader in, Hash output) throws DamagedRow {
    int kind = in.version() < SINCE ? EXACTLY : in.octet();
    return switch (kind) {
      case EXACTLY -> Compared.exactly(output);
      case CANONICALLY -> Compared.canonically(in.hash(), in.bool());
      case WITHIN ->
          Compared.within(in.hash(), in.bool(), in.count(LeaseId.REPLICA_MAX), in.count(CLOSE_MAX));
      default -> throw in.fault("holds a comparison of kind " + kind);
    };
  }

  static void write(RowWriter out, Answer answer) {
    Compared compared = answer.compared();
    if (compared.equals(Compared.exactly(answer.output()))) {
      out.octet(EXACTLY);
    } else {
      out.octet(compared.tolerant() ? WITHIN : CANONICALLY);
      out.hash(compared.digest()).bool(compared.counted());
      if (compared.tolerant()) {
        out.number(compared.replica()).number(compared.close());
      }
    }
  }
}
