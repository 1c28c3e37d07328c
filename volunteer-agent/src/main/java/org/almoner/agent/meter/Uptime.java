package org.almoner.agent.meter;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How long the machine has been on, as Linux tells it: by a clock that goes on while it sleeps, and
 * that nobody sets.
 */
final class Uptime {
  private static final int MS_DIGITS = 3;

  private final Path file;

  Uptime(Path proc) {
    this.file = proc.resolve("uptime");
  }

  /** Milliseconds, in steps of ten; empty where nothing tells it. */
  OptionalLong ms() {
    try {
      String seconds = Files.readString(file).strip().split(" ", 2)[0];
      return OptionalLong.of(new BigDecimal(seconds).movePointRight(MS_DIGITS).longValue());
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
