package org.almoner.coordinator.blob;

/**
 * Octets that are not kept, and why; nothing of them stays on disk. The message is one sentence.
 */
public final class RefusedBlob extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was wrong with the octets. */
  public enum Reason {
    /** More came than the sender announced or the store takes. */
    TOO_LARGE,
    /** They hash to another digest than the one they were sent under. */
    OTHER_DIGEST,
    /** The sender goes on behind what is here. */
    OTHER_OFFSET,
    /** The disk has no room to spare. */
    NO_SPACE
  }

  private final Reason reason;

  RefusedBlob(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  /** Which of the reasons it was. */
  public Reason reason() {
    return reason;
  }
}
