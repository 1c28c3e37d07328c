package org.almoner.coordinator.validation;

import org.almoner.protocol.bytes.Hash;

/**
 * What one replica of a unit answered.
 *
 * @param output digest of the output bundle
 * @param count instructions executed
 * @param exit the guest's exit code; 0 is success
 * @param complete whether the bundle holds every file the batch asks for, and each can be compared
 * @param compared what of it is held against other replicas
 */
public record Answer(Hash output, long count, int exit, boolean complete, Compared compared) {
  /** An answer that is compared octet by octet. */
  public Answer(Hash output, long count, int exit, boolean complete) {
    this(output, count, exit, complete, Compared.exactly(output));
  }

  /** The same answer, compared so. */
  public Answer comparedBy(Compared how) {
    return new Answer(output, count, exit, complete, how);
  }

  /** Whether it is a result at all. */
  public boolean succeeded() {
    return exit == 0 && complete;
  }

  /**
   * Whether both say the same. Results must agree on output and count; failures on how the guest
   * ended, since what a stopped guest left behind depends on when it was stopped.
   */
  public boolean agreesWith(Answer other) {
    if (succeeded() && other.succeeded()) {
      return sameOutput(other) && (!compared.counted() || count == other.count);
    }
    return succeeded() == other.succeeded() && exit == other.exit;
  }

  /** Whether both left the same output, as far as it is compared. */
  boolean sameOutput(Answer other) {
    return output.equals(other.output) || compared.sameOutput(other.compared);
  }
}
