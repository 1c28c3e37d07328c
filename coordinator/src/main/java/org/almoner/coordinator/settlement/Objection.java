package org.almoner.coordinator.settlement;

import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.opening.Sealed;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/**
 * A donor objects to what became of a line.
 *
 * @param outcome what had become of the line
 * @param words what the donor says, sealed under the key of the donor's documents
 * @param over whether the line is settled, and the row can go
 */
record Objection(
    long leaf,
    LeaseId lease,
    DonorId donor,
    Outcome outcome,
    ObjectionView.State state,
    long madeMs,
    Sealed words,
    boolean over)
    implements Row {
  static final String FAMILY = "objection/";
  private static final int VERSION = 1;

  static Objection parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    long leaf = in.number();
    BatchId batch = new BatchId(in.fixed(BatchId.SIZE));
    LeaseId lease = new LeaseId(batch, in.number(), in.count(LeaseId.REPLICA_MAX));
    DonorId donor = new DonorId(in.fixed(DonorId.SIZE));
    int digit = in.octet();
    Outcome outcome = Outcome.of(digit).orElseThrow(() -> in.fault("holds outcome " + digit));
    ObjectionView.State state;
    String word = in.text();
    try {
      state = ObjectionView.State.of(word);
    } catch (IllegalArgumentException e) {
      throw in.fault(String.valueOf(e.getMessage()));
    }
    Objection objection =
        new Objection(leaf, lease, donor, outcome, state, in.number(), Sealed.read(in), false);
    in.end();
    return objection;
  }

  /** What its words are sealed as. */
  static String about(long leaf) {
    return "objection to line " + leaf;
  }

  Objection ruled(boolean upheld) {
    ObjectionView.State ruled = upheld ? ObjectionView.State.UPHELD : ObjectionView.State.DISMISSED;
    return new Objection(leaf, lease, donor, outcome, ruled, madeMs, words, false);
  }

  Objection settled() {
    return new Objection(leaf, lease, donor, outcome, state, madeMs, words, true);
  }

  @Override
  public String key() {
    return FAMILY + Long.toHexString(leaf);
  }

  @Override
  public Bytes image() {
    if (over) {
      return REMOVED;
    }
    RowWriter out = new RowWriter(VERSION).number(leaf);
    out.fixed(lease.batch().octets()).number(lease.unit()).number(lease.replica());
    out.fixed(donor.octets()).octet(outcome.digit()).text(state.word()).number(madeMs);
    words.write(out);
    return out.finish();
  }
}
