package org.almoner.tax.issue;

import org.almoner.protocol.identity.DonorId;

/**
 * What became of one donor's document in a run.
 *
 * @param number the document's number, empty when none was needed
 * @param state what happened
 * @param reason one sentence for the operator, empty when issued
 */
public record IssueReply(DonorId donor, String number, State state, String reason) {
  /** What may happen. */
  public enum State {
    /** Numbered, logged, sealed and stored now. */
    ISSUED,
    /** There was a document of this period already; it stands. */
    ALREADY_ISSUED,
    /** No document; the reason says why. */
    SKIPPED
  }
}
