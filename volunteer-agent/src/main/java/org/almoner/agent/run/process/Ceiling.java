package org.almoner.agent.run.process;

import java.util.Optional;

/**
 * What a tree of processes may take before it is ended, where its engine does not see to that
 * itself.
 *
 * @param residentBytes memory of all its processes together, what they share counted once, and the
 *     kernel's tables of where it is
 */
public record Ceiling(long residentBytes) {
  /** Of a process that is trusted to keep within its bounds. */
  public static final Ceiling NONE = new Ceiling(Long.MAX_VALUE);

  /** One sentence when more is taken. */
  Optional<String> broken(long takenBytes) {
    return takenBytes > residentBytes
        ? Optional.of(
            "the unit's processes took "
                + takenBytes
                + " octets of memory, more than the "
                + residentBytes
                + " they may have")
        : Optional.empty();
  }
}
