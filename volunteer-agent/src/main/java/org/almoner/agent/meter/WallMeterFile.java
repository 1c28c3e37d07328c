package org.almoner.agent.meter;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.protocol.usage.Energy;

/**
 * What a meter at the wall shows, in a file that the owner's own program appends to: on each line
 * milliseconds since 1970 UTC, a comma, and the joules counted since some beginning, such as {@code
 * 1795230000000,81234.5}. Its last whole line is read.
 */
final class WallMeterFile implements EnergyCounter {
  /** The last line is looked for in so many octets from the end. */
  private static final int TAIL_OCTETS = 256;

  private static final int MICRO_DIGITS = 6;

  private final Path file;

  WallMeterFile(Path file) {
    this.file = file;
  }

  @Override
  public Optional<Level> read() {
    try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "r")) {
      long length = octets.length();
      byte[] tail = new byte[(int) Math.min(TAIL_OCTETS, length)];
      octets.seek(length - tail.length);
      octets.readFully(tail);
      return lastLine(new String(tail, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Level> lastLine(String tail) {
    int end = tail.lastIndexOf('\n');
    if (end < 0) {
      return Optional.empty();
    }
    String line = tail.substring(tail.lastIndexOf('\n', end - 1) + 1, end).strip();
    String[] fields = line.split(",", -1);
    try {
      return fields.length == 2
          ? Optional.of(
              new Level(
                  Long.parseLong(fields[0].strip()),
                  new BigDecimal(fields[1].strip()).movePointRight(MICRO_DIGITS).longValue()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public Energy.Tier tier() {
    return Energy.Tier.M1;
  }
}
