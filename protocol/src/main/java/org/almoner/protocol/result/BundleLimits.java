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

  /** What stands before and behind each file's octets, its path included, at most. */
  private static final int ENTRY_OCTETS_MAX = BundlePath.OCTETS_MAX + 60;

  /** The most files and {@code octets} octets. */
  public static BundleLimits ofOctets(long octets) {
    return new BundleLimits(FILES_MAX, octets);
  }

  /** Octets that no bundle within these limits exceeds, paths and sizes counted. */
  public long bundleOctets() {
    long entries = (files + 1L) * ENTRY_OCTETS_MAX;
    return octets > Long.MAX_VALUE - entries ? Long.MAX_VALUE : octets + entries;
  }
}
