package org.almoner.protocol.lease;

import java.util.Locale;
import java.util.Optional;

/**
 * A kind of computer that programs are built for: operating system and instruction set, such as
 * {@code linux-x86_64}.
 *
 * @param text two words of small letters, digits and underscores, joined by a hyphen, at most
 *     {@link #TEXT_MAX} characters
 */
public record Platform(String text) {
  /** Longest name, in characters. */
  public static final int TEXT_MAX = 32;

  /** Refuses what is no such name. */
  public Platform {
    if (text.length() > TEXT_MAX || !text.matches("[a-z0-9]+-[a-z0-9_]+")) {
      throw new IllegalArgumentException(
          "expected an operating system and an instruction set such as linux-x86_64, got " + text);
    }
  }

  /**
   * The platform of a Java machine with these system properties; empty for one that has no name
   * here.
   *
   * @param osName value of {@code os.name}
   * @param osArch value of {@code os.arch}
   */
  public static Optional<Platform> of(String osName, String osArch) {
    String system = osName.toLowerCase(Locale.ROOT);
    String family =
        system.startsWith("linux")
            ? "linux"
            : system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : "";
    String instructions =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> "";
        };
    return family.isEmpty() || instructions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Platform(family + "-" + instructions));
  }

  @Override
  public String toString() {
    return text;
  }
}
