package org.almoner.coordinator.settlement;

import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/**
 * A line that was decided after its maturity, and waits for the next settlement.
 *
 * @param outcome of its unit; {@link Outcome#NONE} once it is settled
 * @param leases its lease; none in a row of version 1, which did not name it
 */
record Overdue(long leaf, Outcome outcome, List<LeaseId> leases) implements Row {
  static final String FAMILY = "due/";
  private static final int OLDEST_VERSION = 1;
  private static final int VERSION = 2;

  Overdue {
    leases = List.copyOf(leases);
  }

  static Overdue parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, OLDEST_VERSION, VERSION);
    long leaf = in.number();
    int digit = in.octet();
    List<LeaseId> leases = new ArrayList<>();
    if (in.version() > OLDEST_VERSION) {
      BatchId batch = new BatchId(in.fixed(BatchId.SIZE));
      leases.add(new LeaseId(batch, in.number(), in.count(LeaseId.REPLICA_MAX)));
    }
    in.end();
    Outcome outcome = Outcome.of(digit).orElseThrow(() -> in.fault("holds outcome " + digit));
    return new Overdue(leaf, outcome, leases);
  }

  @Override
  public String key() {
    return FAMILY + Long.toHexString(leaf);
  }

  /** What takes its place once it is settled. */
  Overdue settled() {
    return new Overdue(leaf, Outcome.NONE, leases);
  }

  @Override
  public Bytes image() {
    if (outcome == Outcome.NONE) {
      return REMOVED;
    }
    RowWriter out = new RowWriter(leases.isEmpty() ? OLDEST_VERSION : VERSION);
    out.number(leaf).octet(outcome.digit());
    for (LeaseId lease : leases) {
      out.fixed(lease.batch().octets()).number(lease.unit()).number(lease.replica());
    }
    return out.finish();
  }
}
