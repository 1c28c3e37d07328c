package org.almoner.agent.lease;

/** A grant that must not be acted on; the message says why. */
public final class GrantRejected extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is wrong. */
  public GrantRejected(String sentence) {
    super(sentence);
  }
}
