package org.almoner.ledger.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Policy;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.ledger.entry.Revocation;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.entry.Totals;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;

/**
 * What entries must keep among each other, as far as it shows in clear: days go forward, a line is
 * settled once and not before it matured, only what counts is voided, only what is voided counts
 * again, each of the log's keys follows the one before, an enrolment is revoked once, a release is
 * recalled once, the log it follows is named at its beginning, what was accepted alone was drawn by
 * a secret fixed before, totals do not overlap, a document is withdrawn once.
 */
final class EntryRules {
  private final String origin;
  private final Findings findings;
  private final LeafSet enrolments = new LeafSet();
  private final LeafSet revoked = new LeafSet();
  private final ReleaseRules releases;

  /** The log's keys as its rotations name them, the newest last. */
  private final List<VerifierKey> keys = new ArrayList<>();

  private long rotatedAt;

  private final LeafSet statements = new LeafSet();
  private final LeafSet withdrawn = new LeafSet();

  private final LeafSet usage = new LeafSet();
  private final LeafSet settled = new LeafSet();
  private final LeafSet accepted = new LeafSet();
  private final LeafSet voided = new LeafSet();

  private final LoggedDays days = new LoggedDays();
  private final DrawRules draws;
  private final TotalsRules totals;

  private long usageLines;
  private long settledLines;
  private Optional<Policy> policy = Optional.empty();
  private Optional<Succession> succeeds = Optional.empty();
  private boolean committed;

  EntryRules(String origin, Findings findings) {
    this.origin = origin;
    this.findings = findings;
    this.releases = new ReleaseRules(origin, findings);
    this.draws = new DrawRules(days, findings);
    this.totals = new TotalsRules(findings);
  }

  /** Usage lines taken so far. */
  long usageLines() {
    return usageLines;
  }

  /** How many of them were settled. */
  long settledLines() {
    return settledLines;
  }

  /** The closed log that this one follows; none or one. */
  List<Succession> succeeds() {
    return succeeds.stream().toList();
  }

  /** What the draws of lines that were accepted alone came to. */
  Draws draws() {
    return draws.draws();
  }

  /** Takes the next entry. */
  void take(long index, Bytes leaf) {
    try {
      take(index, Entry.parse(leaf));
    } catch (MalformedEntry e) {
      findings.add(index, String.valueOf(e.getMessage()));
    }
  }

  private void take(long index, Entry entry) throws MalformedEntry {
    committed |= entry.kind().isCommitment();
    switch (entry.kind()) {
      case RECEIPT, LINK -> {}
      case STATEMENT -> statements.add(index);
      case ENROLMENT -> enrolments.add(index);
      case USAGE -> {
        usage.add(index);
        usageLines++;
      }
      case DAY ->
          days.take(index, Day.parse(entry).date()).ifPresent(wrong -> findings.add(index, wrong));
      case POLICY -> policy(Policy.parse(entry));
      case SETTLEMENT -> settlement(index, Settlement.parse(entry));
      case VOID, REINSTATE -> voiding(index, Voiding.parse(entry));
      case RELEASE -> releases.logged(index, ReleaseEntry.parse(entry));
      case RECALL -> releases.recalled(index, RecallEntry.parse(entry));
      case KEY_ROTATION -> rotation(index, KeyRotation.parse(entry));
      case REVOCATION -> revocation(index, Revocation.parse(entry));
      case SUCCESSION -> succession(index, Succession.parse(entry));
      case TOTALS -> totals.take(index, Totals.parse(entry));
      case CHECK_SECRET -> draws.take(index, CheckSecret.parse(entry));
      case RATES -> releases.rated(index, Rates.parse(entry));
      case WITHDRAWAL -> withdrawal(index, Withdrawal.parse(entry));
    }
  }

  private void policy(Policy logged) {
    policy = Optional.of(logged);
    draws.policy(logged);
  }

  private void succession(long index, Succession succession) {
    String closed = succession.end().origin();
    if (closed.equals(origin)) {
      findings.add(index, "the log says that it follows itself");
    } else if (succeeds.isPresent()) {
      findings.add(
          index,
          "the log follows " + succeeds.get().end().origin() + ", and a second one: " + closed);
    } else if (committed) {
      findings.add(index, "the log names the one it follows, " + closed + ", after it had begun");
    } else {
      succeeds = Optional.of(succession);
    }
  }

  /** The log has ended: what should stand in it by now and does not is found. */
  void end() {
    draws.end();
  }

  /**
   * Reports when the checkpoint under which everything was read lacks the signature of the key to
   * which the log passed last: a key that was retired may be in other hands.
   */
  void signed(SignedCheckpoint checkpoint) {
    if (keys.isEmpty()) {
      return;
    }
    VerifierKey newest = keys.get(keys.size() - 1);
    if (!checkpoint.isSignedBy(newest)) {
      findings.add(
          rotatedAt,
          "the log passed here to "
              + newest.format()
              + ", which did not sign the checkpoint of size "
              + checkpoint.checkpoint().size());
    }
  }

  private void rotation(long index, KeyRotation rotation) {
    if (!rotation.to().name().equals(origin)) {
      findings.add(index, "the new key is of log " + rotation.to().name() + ", not of " + origin);
      return;
    }
    if (keys.isEmpty()) {
      keys.add(rotation.from());
    }
    if (!keys.get(keys.size() - 1).equals(rotation.from())) {
      findings.add(
          index,
          "the log passes on from a key that was not its newest: " + rotation.from().format());
    } else if (keys.contains(rotation.to())) {
      findings.add(index, "the log goes back to a key it had before: " + rotation.to().format());
    } else {
      keys.add(rotation.to());
      rotatedAt = index;
    }
  }

  private void revocation(long index, Revocation revocation) {
    long leaf = revocation.enrolment();
    if (!enrolments.contains(leaf)) {
      findings.add(index, "entry " + leaf + " is revoked but is no enrolment before it");
    } else if (!revoked.add(leaf)) {
      findings.add(index, "the enrolment at entry " + leaf + " is revoked a second time");
    }
  }

  private void withdrawal(long index, Withdrawal withdrawal) {
    long leaf = withdrawal.statement();
    if (!statements.contains(leaf)) {
      findings.add(index, "entry " + leaf + " is withdrawn but is no statement before it");
    } else if (!withdrawn.add(leaf)) {
      findings.add(index, "the statement at entry " + leaf + " is withdrawn a second time");
    }
    if (withdrawal.isReplaced() && !statements.contains(withdrawal.by())) {
      findings.add(
          index,
          "entry "
              + leaf
              + " is replaced by entry "
              + withdrawal.by()
              + ", which is no statement before this");
    }
  }

  private void settlement(long index, Settlement settlement) {
    if (settlement.to() > index) {
      findings.add(
          index,
          "the settlement covers leaves to "
              + settlement.to()
              + ", but only those before itself can be settled");
    }
    for (int i = 0; i < settlement.outcomes().size(); i++) {
      Outcome outcome = settlement.outcomes().get(i);
      long leaf = settlement.from() + i;
      if (outcome != Outcome.NONE && leaf < index) {
        settle(index, leaf, outcome);
      }
    }
  }

  private void settle(long index, long leaf, Outcome outcome) {
    if (!usage.contains(leaf)) {
      findings.add(index, "entry " + leaf + " is settled but is no usage line");
      return;
    }
    if (!settled.add(leaf)) {
      findings.add(index, "the usage line at entry " + leaf + " is settled a second time");
      return;
    }
    settledLines++;
    if (outcome.counts()) {
      accepted.add(leaf);
    }
    if (outcome == Outcome.ACCEPTED_ALONE) {
      draws.acceptedAlone(index, leaf);
    }
    if (tooEarly(index, leaf)) {
      findings.add(index, "the usage line at entry " + leaf + " is settled before it matured");
    }
  }

  /** Days are all a log tells of time, so a line is given the most time that they allow. */
  private boolean tooEarly(long index, long leaf) {
    Optional<LocalDate> logged = days.of(leaf);
    Optional<LocalDate> now = days.of(index);
    if (policy.isEmpty() || logged.isEmpty() || now.isEmpty()) {
      return false;
    }
    return LoggedDays.most(logged.get(), now.get()).toSeconds() < policy.get().maturitySeconds();
  }

  private void voiding(long index, Voiding voiding) {
    for (long leaf : voiding.leaves()) {
      if (voiding.reinstates() && !voided.remove(leaf)) {
        findings.add(index, "entry " + leaf + " is reinstated but was not void");
      } else if (!voiding.reinstates() && (!accepted.contains(leaf) || !voided.add(leaf))) {
        findings.add(index, "entry " + leaf + " is made void but did not count");
      }
    }
  }
}
