package org.almoner.agent.run.snapshot;

/** A file that is no snapshot of the unit; the message says why in one sentence. */
public final class MalformedSnapshot extends Exception {
  private static final long serialVersionUID = 1L;

  /** The octets are not as {@code docs/spec/checkpoint.md} has them. */
  public MalformedSnapshot(String message) {
    super(message);
  }
}
