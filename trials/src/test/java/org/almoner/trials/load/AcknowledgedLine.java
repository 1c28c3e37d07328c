package org.almoner.trials.load;

import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/**
 * A line of which the coordinator said that it is logged, with all that opens it.
 *
 * @param donor whom the agent belongs to
 * @param honest whether the agent answered by the rule
 * @param leaf index in the log
 * @param salt what went into the commitment
 * @param part index of the line inside its report
 * @param record SHA-256 of the signed report
 */
public record AcknowledgedLine(
    LeaseId lease, String donor, boolean honest, long leaf, Hash salt, int part, Hash record) {

  /** What must stand in the log at {@link #leaf}. */
  public Entry entry(String origin) {
    return Commitment.of(Kind.USAGE, origin, salt, part, record).entry();
  }

  /** The unit as people write it: batch and index. */
  public String unit() {
    return lease.batch().toHex() + "/" + lease.unit();
  }

  static AcknowledgedLine parse(String line) {
    String[] word = line.split(" ", -1);
    String[] lease = word[0].split("/", -1);
    return new AcknowledgedLine(
        new LeaseId(
            BatchId.parseHex(lease[0]), Long.parseLong(lease[1]), Integer.parseInt(lease[2])),
        word[1],
        Boolean.parseBoolean(word[2]),
        Long.parseLong(word[3]),
        Hash.parseHex(word[4]),
        Integer.parseInt(word[5]),
        Hash.parseHex(word[6]));
  }

  String format() {
    return String.join(
        " ",
        lease.toString(),
        donor,
        Boolean.toString(honest),
        Long.toString(leaf),
        salt.toHex(),
        Integer.toString(part),
        record.toHex());
  }
}
