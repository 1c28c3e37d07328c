package org.almoner.protocol.usage;

/**
 * Time one graphics device worked for a unit.
 *
 * @param device the device's model name, 1 to 100 characters
 * @param ms device-milliseconds
 */
public record GpuUse(String device, long ms) {
  /** Longest device name, in characters. */
  public static final int DEVICE_MAX = 100;

  /** Refuses an unnamed device and negative time. */
  public GpuUse {
    if (device.isEmpty() || device.length() > DEVICE_MAX || ms < 0) {
      throw new IllegalArgumentException("a GPU reading needs a device name and a time >= 0");
    }
  }
}
