package org.almoner.workload.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.protocol.lease.Allotment;
import org.almoner.workload.yaml.Spelling;

/**
 * An amount of memory or disk, in binary units.
 *
 * @param bytes 0 to 1 TiB
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  /** Largest amount a workload can speak of. */
  public static final long BYTES_MAX = 1L << 40;

  private static final Pattern SHAPE = Pattern.compile("(0|[1-9][0-9]{0,9})(KiB|MiB|GiB)");
  private static final Pattern MEANT =
      Pattern.compile("([0-9]{1,9})\\s*([kmg])i?b?(ytes?)?", Pattern.CASE_INSENSITIVE);

  /**
   * @throws IllegalArgumentException when {@code bytes} is negative or over 1 TiB
   */
  public ByteSize {
    if (bytes < 0 || bytes > BYTES_MAX) {
      throw new IllegalArgumentException(bytes + " bytes are not between 0 and 1 TiB");
    }
  }

  /**
   * Reads a whole number with KiB, MiB or GiB.
   *
   * @throws IllegalArgumentException in a sentence that offers the likely meaning
   */
  public static ByteSize parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          Spelling.quoted(text)
              + " is not a size: "
              + meant(text)
                  .map(likely -> "did you mean " + likely + "? The units are KiB, MiB and GiB")
                  .orElse("write a whole number with KiB, MiB or GiB, such as 64MiB"));
    }
    long unit = unit(matcher.group(2));
    long count = Long.parseLong(matcher.group(1));
    if (count > BYTES_MAX / unit) {
      throw new IllegalArgumentException(text + " is more than 1024GiB, the most there is");
    }
    return new ByteSize(count * unit);
  }

  ByteSize requireMemory() {
    if (bytes < Allotment.PAGE_BYTES || bytes > Allotment.MEMORY_BYTES_MAX) {
      throw new IllegalArgumentException(
          this + " of memory cannot be given: ask for 64KiB to 2047MiB");
    }
    if (bytes % Allotment.PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          this + " is not a whole number of Wasm pages: write a multiple of 64KiB");
    }
    return this;
  }

  ByteSize requireDisk() {
    if (bytes > Allotment.DISK_BYTES_MAX) {
      throw new IllegalArgumentException(
          this
              + " of disk cannot be given: ask for at most "
              + new ByteSize(Allotment.DISK_BYTES_MAX));
    }
    return this;
  }

  /**
   * The form {@link #parse} reads, in the largest unit that divides it; plain bytes if none does.
   */
  @Override
  public String toString() {
    for (String name : new String[] {"GiB", "MiB", "KiB"}) {
      if (bytes >= unit(name) && bytes % unit(name) == 0) {
        return bytes / unit(name) + name;
      }
    }
    return bytes == 0 ? "0KiB" : bytes + " bytes";
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  private static Optional<String> meant(String text) {
    Matcher matcher = MEANT.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            Long.parseLong(matcher.group(1)) + matcher.group(2).toUpperCase(Locale.ROOT) + "iB")
        : Optional.empty();
  }

  private static long unit(String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> throw new IllegalArgumentException("no such unit: " + name);
    };
  }
}
