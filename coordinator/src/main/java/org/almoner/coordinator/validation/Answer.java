package org.almoner.coordinator.validation;

import org.almoner.protocol.bytes.Hash;

/**
 * What one replica of a unit answered.
 *
 * @param output digest of the output bundle
 * @param count instructions executed
 * @param exit the guest's exit code; 0 is success
 * @param complete whether the bundle holds every file the batch asks for
 */
public record Answer(Hash output, long count, int exit, boolean complete) {
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
      return output.equals(other.output) && count == other.count;
    }
    return succeeded() == other.succeeded() && exit == other.exit;
  }
}
