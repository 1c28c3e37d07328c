package org.almoner.workload.compare;

import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;

/**
 * What of an output is held against others.
 *
 * @param digest the same for outputs that are the same but for the numbers in them
 * @param numbers those
 * @param faults none, or why it cannot be compared
 */
public record ComparedOutput(Hash digest, Numbers numbers, List<String> faults) {
  /** Copies the faults. */
  public ComparedOutput {
    faults = List.copyOf(faults);
  }

  /**
   * Why it cannot be compared, in one sentence that begins with the file's name: such a result
   * counts as one that lacks files.
   */
  public Optional<String> fault() {
    return faults.stream().findFirst();
  }
}
