package org.almoner.coordinator.journal;

import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.opening.Sealed;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseId;

/**
 * One record behind log entries. What opens them is sealed; in clear stands only what the
 * settlement of its lines needs, which goes on when their donor was erased.
 *
 * @param kind what it is
 * @param leaf index of its first entry; the others follow
 * @param parts how many entries
 * @param sealed an {@link Opening}, under the key of whose record it is
 * @param previousPage page of the same agent's report before; meaningful for usage alone
 * @param leases which lease each entry is about; for usage alone
 */
public record JournalRecord(
    Kind kind, long leaf, int parts, Sealed sealed, long previousPage, List<LeaseId> leases) {
  /** Copies the list. */
  public JournalRecord {
    leases = List.copyOf(leases);
  }

  /** What is sealed of a record of that kind that begins at {@code leaf}; no two are alike. */
  static String about(Kind kind, long leaf) {
    return "opening of kind " + kind.octet() + " at leaf " + leaf;
  }

  /**
   * What opens it.
   *
   * @param signers spares proving a key that was met before
   * @param whose whose record it is, for the sentence of a refusal
   * @throws org.almoner.coordinator.desk.Refusal when its key was erased or is missing
   * @throws DamagedRow when it is not what was sealed
   */
  public Opening open(OpeningKeys keys, KnownKeys signers, String whose) throws DamagedRow {
    String about = about(kind, leaf);
    Opening opening = Opening.parse(about, kind, keys.open(sealed, about, whose), signers);
    if (opening.salts().size() != parts) {
      throw new DamagedRow("the " + about + " has " + opening.salts().size() + " salts");
    }
    return opening;
  }

  /** Whether the entry at {@code index} is one of this record's. */
  boolean covers(long index) {
    return leaf <= index && index < leaf + parts;
  }

  static JournalRecord read(RowReader in) throws DamagedRow {
    int octet = in.octet();
    Kind kind = Kind.of(octet).orElseThrow(() -> in.fault("holds a record of kind " + octet));
    long leaf = in.number();
    int parts = in.count(Grant.LEASES_MAX);
    Sealed sealed = Sealed.read(in);
    long previous = in.number();
    int count = in.count(Grant.LEASES_MAX);
    List<LeaseId> leases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BatchId batch = new BatchId(in.fixed(BatchId.SIZE));
      leases.add(new LeaseId(batch, in.number(), in.count(LeaseId.REPLICA_MAX)));
    }
    return new JournalRecord(kind, leaf, parts, sealed, previous, leases);
  }

  void write(RowWriter out) {
    out.octet(kind.octet()).number(leaf).number(parts);
    sealed.write(out);
    out.number(previousPage).number(leases.size());
    for (LeaseId lease : leases) {
      out.fixed(lease.batch().octets()).number(lease.unit()).number(lease.replica());
    }
  }
}
