package org.almoner.workload.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleReader;

/**
 * Works out what of an output bundle is compared, while the bundle is read.
 *
 * <p>The comparison digest is SHA-256 of the line {@code almoner-compare/1} and, for each file in
 * order: the length of its path (four octets, big-endian), the path, one letter for what it is
 * compared as ({@code b} for its octets, {@code j}, {@code c}, {@code n}), and SHA-256 of its
 * octets or of its canonical form; 32 zeros for numbers.
 */
public final class OutputComparer implements BundleReader.Visitor {
  /** Largest file that is compared as JSON or CSV: 1 MiB. */
  public static final int TEXT_BYTES_MAX = 1 << 20;

  /** Largest output with a file of numbers: 16 KiB, what travels within a report. */
  public static final int NUMBERS_BYTES_MAX = 16 << 10;

  private static final String FIRST_LINE = "almoner-compare/1\n";
  private static final char OCTETS = 'b';

  private final Comparison comparison;
  private final MessageDigest digest = Hash.newDigest();
  private final List<NumberTable> tables = new ArrayList<>();
  private Optional<String> fault = Optional.empty();

  /** For a bundle of that size. */
  public OutputComparer(Comparison comparison, long bundleOctets) {
    this.comparison = comparison;
    digest.update(FIRST_LINE.getBytes(StandardCharsets.UTF_8));
    if (comparison.isTolerant() && bundleOctets > NUMBERS_BYTES_MAX) {
      String name =
          comparison.files().stream()
              .filter(file -> file.form() == Form.NUMBERS)
              .findFirst()
              .orElseThrow()
              .name();
      fault =
          Optional.of(
              name
                  + ": numbers are compared in outputs of at most "
                  + NUMBERS_BYTES_MAX
                  + " octets, names included; this one has "
                  + bundleOctets
                  + ": make smaller units, or round what they write and compare it as csv");
    }
  }

  @Override
  public OutputStream file(BundlePath path, long size) {
    Optional<FileComparison> how = comparison.of(path.value());
    if (how.isEmpty() || fault.isPresent()) {
      return new Digested(path, OCTETS);
    }
    if (size > TEXT_BYTES_MAX) {
      refuse(path, "has " + size + " octets; at most " + TEXT_BYTES_MAX + " are compared so");
      return new Digested(path, OCTETS);
    }
    return new Held(path, how.get());
  }

  private void refuse(BundlePath path, String sentence) {
    if (fault.isEmpty()) {
      fault = Optional.of(path.value() + ": " + sentence);
    }
  }

  private void add(BundlePath path, char mark, byte[] content) {
    byte[] name = path.value().getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
    digest.update(name);
    digest.update((byte) mark);
    digest.update(content);
  }

  /** What was found, once the whole bundle was read. */
  public ComparedOutput finish() {
    return new ComparedOutput(
        Hash.of(digest.digest()), new Numbers(tables), fault.stream().toList());
  }

  /** A file compared octet by octet, of any size. */
  private final class Digested extends OutputStream {
    private final BundlePath path;
    private final char mark;
    private final MessageDigest content = Hash.newDigest();

    Digested(BundlePath path, char mark) {
      this.path = path;
      this.mark = mark;
    }

    @Override
    public void write(int octet) {
      content.update((byte) octet);
    }

    @Override
    public void write(byte[] octets, int from, int length) {
      content.update(octets, from, length);
    }

    @Override
    public void close() {
      add(path, mark, content.digest());
    }
  }

  /** A file that is read as a whole. */
  private final class Held extends ByteArrayOutputStream {
    private final BundlePath path;
    private final FileComparison how;

    Held(BundlePath path, FileComparison how) {
      this.path = path;
      this.how = how;
    }

    @Override
    public void close() throws IOException {
      super.close();
      try {
        add(path, how.form().mark(), compared(Utf8.text(toByteArray())));
      } catch (Incomparable e) {
        refuse(path, String.valueOf(e.getMessage()));
      }
    }

    private byte[] compared(String text) throws Incomparable {
      return switch (how.form()) {
        case JSON -> sha256(JsonForm.of(text));
        case CSV -> sha256(CsvForm.of(text));
        case NUMBERS -> {
          tables.add(NumberTable.read(how, text));
          yield Hash.ZERO.toArray();
        }
      };
    }

    private byte[] sha256(String canonical) {
      return Hash.sha256(canonical.getBytes(StandardCharsets.UTF_8)).toArray();
    }
  }
}
