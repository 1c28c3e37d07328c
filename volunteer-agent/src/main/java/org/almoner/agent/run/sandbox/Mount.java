package org.almoner.agent.run.sandbox;

import java.nio.file.Path;

/**
 * One file or directory of this computer that a program inside finds.
 *
 * @param outside absolute path on this computer
 * @param inside absolute path that the program knows it by
 * @param writable whether the program may change it
 */
public record Mount(Path outside, String inside, boolean writable) {
  public Mount {
    if (!outside.isAbsolute() || !inside.startsWith("/")) {
      throw new IllegalArgumentException(
          "a mount has two absolute paths, not " + outside + " and " + inside);
    }
  }

  /** What may only be read. */
  public static Mount readOnly(Path outside, String inside) {
    return new Mount(outside, inside, false);
  }

  /** What may be written. */
  public static Mount writable(Path outside, String inside) {
    return new Mount(outside, inside, true);
  }
}
