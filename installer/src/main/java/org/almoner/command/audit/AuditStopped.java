package org.almoner.command.audit;

/** An audit that cannot go on now, which says nothing of the lines; the message is one sentence. */
public final class AuditStopped extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean wrongUse;

  private AuditStopped(String sentence, boolean wrongUse) {
    super(sentence);
    this.wrongUse = wrongUse;
  }

  static AuditStopped because(String sentence) {
    return new AuditStopped(sentence, false);
  }

  static AuditStopped misused(String sentence) {
    return new AuditStopped(sentence, true);
  }

  /** Whether the auditor asked for what cannot be done. */
  public boolean isWrongUse() {
    return wrongUse;
  }
}
