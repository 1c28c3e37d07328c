package org.almoner.tax.issue;

import org.almoner.ledger.tally.Tally;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.jurisdiction.Benefits;

/**
 * One donor's document before it has a number.
 *
 * @param evidence the evidence file, whole
 */
record Draft(Donor donor, Terms.Chosen terms, Benefits benefits, Tally tally, Bytes evidence) {
  Hash evidenceDigest() {
    return Hash.sha256(evidence.toArray());
  }
}
