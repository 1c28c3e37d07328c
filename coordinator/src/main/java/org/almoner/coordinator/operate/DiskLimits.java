package org.almoner.coordinator.operate;

/**
 * How much of the disk is not for work.
 *
 * @param reserve octets of the file that is given up when the disk is all but full
 * @param lowWater free octets below which nothing more is accepted
 */
public record DiskLimits(long reserve, long lowWater) {
  /** Free octets below which the reserve is given up, unless the watermark is small: 64 MiB. */
  public static final long GIVE_UP_MAX = 64L << 20;

  /** Neither is negative. */
  public DiskLimits {
    if (reserve < 0 || lowWater < 0) {
      throw new IllegalArgumentException(
          "disk limits are not negative: " + reserve + ", " + lowWater);
    }
  }

  /** Free octets that are enough to go on after there were too few. */
  long enough() {
    return lowWater + lowWater / 4;
  }

  /** Free octets below which the store itself may soon not be able to write. */
  long giveUp() {
    return Math.min(GIVE_UP_MAX, lowWater / 2);
  }
}
