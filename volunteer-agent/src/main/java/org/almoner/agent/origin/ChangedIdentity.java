package org.almoner.agent.origin;

/** A coordinator is not the one first met; the message says what changed and what to do. */
public final class ChangedIdentity extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what changed. */
  public ChangedIdentity(String sentence) {
    super(sentence);
  }
}
