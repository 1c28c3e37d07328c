package org.almoner.protocol.usage;

/**
 * Octets that a unit's processes moved between files and themselves, where the system tells.
 *
 * @param readBytes 0 or more
 * @param writtenBytes 0 or more
 */
public record DiskUse(long readBytes, long writtenBytes) {
  /** Refuses negative quantities. */
  public DiskUse {
    if (readBytes < 0 || writtenBytes < 0) {
      throw new IllegalArgumentException(
          "octets must not be negative, got " + readBytes + " and " + writtenBytes);
    }
  }
}
