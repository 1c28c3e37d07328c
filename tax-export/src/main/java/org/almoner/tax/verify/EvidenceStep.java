package org.almoner.tax.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.evidence.ProvenEntry;
import org.almoner.tax.evidence.ProvenLine;

/** Opens every line behind a statement, proves each to be in the log, and adds them up again. */
final class EvidenceStep {
  private final Statement statement;
  private final List<TrustFile> trust;

  /**
   * @param trust none or one
   */
  EvidenceStep(Statement statement, List<TrustFile> trust) {
    this.statement = statement;
    this.trust = trust;
  }

  /** What the evidence proved. */
  record Proved(Set<Long> counted, String sentence) {}

  Proved run(byte[] zip) throws StepFailed {
    Evidence evidence;
    try {
      evidence = EvidenceZip.read(zip);
    } catch (MalformedEvidence e) {
      throw new StepFailed(message(e));
    }
    Checkpoint checkpoint = checkpoint(evidence);
    List<CheckedLine> lines = lines(evidence, checkpoint);
    SettledOutcomes outcomes = outcomes(evidence, checkpoint);
    Tally tally = fold(lines, outcomes);
    if (!tally.lines().equals(statement.lines())) {
      throw new StepFailed(
          "the accepted lines are not those the statement names: their digest is "
              + tally.lines()
              + ", the statement says "
              + statement.lines());
    }
    if (!tally.months().equals(statement.months())) {
      throw new StepFailed("the lines do not add up to the statement's months");
    }
    if (!tally.releases().equals(statement.releases())) {
      throw new StepFailed("the lines do not add up to what the statement gives for each release");
    }
    if (!tally.equals(statement.tally())) {
      throw new StepFailed(
          "the statement's days, devices or excluded lines are not those of the evidence");
    }
    // Last, so that a change that has a name of its own is called by it.
    Hash file = Hash.sha256(zip);
    if (!file.equals(statement.evidence())) {
      throw new StepFailed(
          "what the file holds adds up, but it is not the file that was issued: its SHA-256 is "
              + file
              + ", the statement names "
              + statement.evidence());
    }
    Set<Long> counted = Tally.counting(lines, outcomes);
    lines.stream()
        .filter(l -> l.day().isBefore(statement.from()) || l.day().isAfter(statement.to()))
        .forEach(l -> counted.remove(l.leaf()));
    return new Proved(
        counted,
        evidence.lines().size()
            + " lines opened and proved in the log, "
            + statement.accepted()
            + " accepted; they add up to the statement's totals");
  }

  private Checkpoint checkpoint(Evidence evidence) throws StepFailed {
    Checkpoint checkpoint;
    try {
      SignedNote note = SignedNote.parse(evidence.checkpoint());
      checkpoint =
          trust.isEmpty()
              ? Checkpoint.parse(note.text())
              // The statement names this very file, and was proved in time itself.
              : trust.get(0).logOf(statement.origin()).openWhenever(note).checkpoint();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new StepFailed("the evidence's checkpoint: " + e.getMessage());
    }
    boolean same =
        checkpoint.origin().equals(statement.origin())
            && checkpoint.size() == statement.logSize()
            && checkpoint.root().equals(statement.logRoot());
    if (!same) {
      throw new StepFailed(
          "the evidence's checkpoint is not the one the statement was drawn from (size "
              + statement.logSize()
              + "); is it the evidence of another document?");
    }
    return checkpoint;
  }

  private List<CheckedLine> lines(Evidence evidence, Checkpoint checkpoint) throws StepFailed {
    List<CheckedLine> lines = new ArrayList<>();
    try {
      for (ProvenLine line : evidence.lines()) {
        CheckedLine checked = line.opening().check(statement.origin());
        prove(
            checked.leaf(),
            () ->
                line.inclusion()
                    .verify(
                        checked.leaf(), checkpoint.size(), checked.leafHash(), checkpoint.root()));
        lines.add(checked);
      }
      return lines;
    } catch (OpeningRejected e) {
      throw new StepFailed(message(e));
    }
  }

  private Tally fold(List<CheckedLine> lines, SettledOutcomes outcomes) throws StepFailed {
    try {
      return Tally.fold(lines, outcomes, statement.from(), statement.to());
    } catch (OpeningRejected e) {
      throw new StepFailed(message(e));
    }
  }

  private static SettledOutcomes outcomes(Evidence evidence, Checkpoint checkpoint)
      throws StepFailed {
    SettledOutcomes outcomes = new SettledOutcomes();
    long before = -1;
    for (ProvenEntry proven : evidence.outcomes()) {
      if (proven.leaf() <= before) {
        throw new StepFailed("entry " + proven.leaf() + " stands out of order in the evidence");
      }
      before = proven.leaf();
      prove(
          proven.leaf(),
          () ->
              proven
                  .inclusion()
                  .verify(
                      proven.leaf(),
                      checkpoint.size(),
                      proven.entry().leafHash(),
                      checkpoint.root()));
      try {
        outcomes.take(proven.entry());
      } catch (MalformedEntry | OpeningRejected e) {
        throw new StepFailed("entry " + proven.leaf() + ": " + e.getMessage());
      }
    }
    return outcomes;
  }

  @FunctionalInterface
  private interface Proof {
    void verify() throws ProofRejected;
  }

  private static void prove(long leaf, Proof proof) throws StepFailed {
    try {
      proof.verify();
    } catch (ProofRejected e) {
      throw new StepFailed(
          "entry " + leaf + " is not in the log as the evidence shows it: " + e.getMessage());
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
