package org.almoner.coordinator.enrolment;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Hash;

/**
 * Where a signed record was logged.
 *
 * @param digest of the record's payload; {@link Hash#ZERO} when there is none yet
 * @param leaf index in the log
 * @param page first leaf of the group commit, which names the journal page with the opening
 */
public record Place(Hash digest, long leaf, long page) {
  /** Nowhere yet. */
  public static final Place NONE = new Place(Hash.ZERO, 0, 0);

  static Place read(RowReader in) throws DamagedRow {
    return new Place(in.hash(), in.number(), in.number());
  }

  void write(RowWriter out) {
    out.hash(digest).number(leaf).number(page);
  }
}
