package org.almoner.ledger.check;

import java.util.HashSet;
import java.util.Set;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/**
 * What releases and recalls must keep among each other: a recall names a release before it, an
 * owner's one that this owner signed; nobody recalls one twice; what the operator recalled does not
 * come back; rates are of releases before them.
 */
final class ReleaseRules {
  /** A release as one owner signed it. */
  private record Signed(Hash release, PublicKey owner) {}

  private final String origin;
  private final Findings findings;
  private final Set<Hash> known = new HashSet<>();
  private final Set<Signed> signed = new HashSet<>();
  private final Set<Hash> recalled = new HashSet<>();
  private final Set<Signed> recalledByOwner = new HashSet<>();

  ReleaseRules(String origin, Findings findings) {
    this.origin = origin;
    this.findings = findings;
  }

  void logged(long index, ReleaseEntry entry) {
    Hash release = entry.signed().digest();
    Signed one = new Signed(release, entry.signed().signer());
    known.add(release);
    signed.add(one);
    if (recalled.contains(release) || recalledByOwner.contains(one)) {
      findings.add(index, "release " + release + " is logged again after it was recalled");
    }
  }

  void rated(long index, Rates rates) {
    for (Hash release : rates.releases().keySet()) {
      if (!known.contains(release)) {
        findings.add(index, "a rate is given for release " + release + ", not logged before");
      }
    }
  }

  void recalled(long index, RecallEntry entry) {
    Hash release = entry.recall().release();
    boolean first;
    if (!entry.recall().origin().equals(origin)) {
      findings.add(
          index, "the recall is meant for " + entry.recall().origin() + ", not for " + origin);
      return;
    }
    if (entry.signed().isEmpty()) {
      if (!known.contains(release)) {
        findings.add(index, "release " + release + " is recalled but was not logged before");
      }
      first = recalled.add(release);
    } else {
      Signed one = new Signed(release, entry.signed().get(0).signer());
      if (!signed.contains(one)) {
        findings.add(
            index, "release " + release + " is recalled by an owner who did not sign it before");
      }
      first = recalledByOwner.add(one);
    }
    if (!first) {
      findings.add(index, "release " + release + " is recalled a second time");
    }
  }
}
