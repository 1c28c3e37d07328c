package org.almoner.ledger.selfcheck;

/**
 * How far a {@link SelfAudit} has come.
 *
 * @param checked entries of the round at work that were hashed again
 * @param size entries the round at work covers; 0 before the first round
 * @param rounds rounds that were completed since the start, each without a finding
 * @param finding what was found, one sentence without a full stop; empty as long as all is well
 */
public record Progress(long checked, long size, long rounds, String finding) {
  static final Progress NONE = new Progress(0, 0, 0, "");

  /** Whether something was found; then nothing more is checked. */
  public boolean damaged() {
    return !finding.isEmpty();
  }
}
