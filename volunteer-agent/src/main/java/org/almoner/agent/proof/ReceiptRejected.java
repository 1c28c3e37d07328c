package org.almoner.agent.proof;

/** What the coordinator sent does not prove what it claims; the message says where it fails. */
public final class ReceiptRejected extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public ReceiptRejected(String sentence) {
    super(sentence);
  }
}
