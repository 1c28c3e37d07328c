package org.almoner.protocol.result;

/**
 * How large an output bundle may be.
 *
 * @param files number of files, not negative
 * @param octets sum of the files' sizes in octets, not negative
 */
public record BundleLimits(int files, long octets) {
  /** Files a bundle may hold, whatever the unit was granted. */
  public static final int FILES_MAX = 10_000;

  public BundleLimits {
    if (files < 0 || files > FILES_MAX) {
      throw new IllegalArgumentException("a bundle holds 0 to " + FILES_MAX + " files: " + files);
    }
    if (octets < 0) {
      throw new IllegalArgumentException("octets must not be negative: " + octets);
    }
  }

  /** The most files and {@code octets} octets. */
  public static BundleLimits ofOctets(long octets) {
    return new BundleLimits(FILES_MAX, octets);
  }
}
