package org.almoner.protocol.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.almoner.protocol.bytes.Hash;
import org.jspecify.annotations.Nullable;

/** Reads an output bundle from a stream in one pass, keeping at most a buffer of it. */
public final class BundleReader {
  /** Told of each file as it comes by. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Where the content of the file goes; the reader closes it.
     *
     * @param size octets that will be written, within the limits
     */
    OutputStream file(BundlePath path, long size) throws IOException;
  }

  /** Decimal digits of the largest size a bundle can state, 2^53 - 1. */
  private static final int DIGITS_MAX = 16;

  /** Octets outside paths and contents are hashed together, so many at a time. */
  private static final int LINE_OCTETS = 64;

  private static final int BUFFER_OCTETS = 8_192;

  private final InputStream in;
  private final BundleLimits limits;
  private final MessageDigest digest = Hash.newDigest();
  private final byte[] line = new byte[LINE_OCTETS];
  private int inLine;
  private int files;
  private long octets;
  private @Nullable BundlePath last;

  private BundleReader(InputStream in, BundleLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /**
   * Reads the whole bundle and returns its digest.
   *
   * @throws MalformedBundle when the octets are no bundle or exceed the limits; files that came
   *     before the fault were already handed to {@code visitor}
   * @throws IOException when {@code in} or the visitor's stream fails
   */
  public static Hash read(InputStream in, BundleLimits limits, Visitor visitor)
      throws IOException, MalformedBundle {
    return new BundleReader(in, limits).readAll(visitor);
  }

  private Hash readAll(Visitor visitor) throws IOException, MalformedBundle {
    for (byte expected : OutputBundle.FIRST_LINE.getBytes(StandardCharsets.UTF_8)) {
      if (octet() != (expected & 0xff)) {
        throw new MalformedBundle("an output bundle starts with the line almoner-output/1");
      }
    }
    for (int c = octet(); c >= 0; c = octet()) {
      files++;
      if (files > limits.files()) {
        throw new MalformedBundle("the bundle holds more than " + limits.files() + " files");
      }
      file(c, visitor);
    }
    hashLine();
    return Hash.of(digest.digest());
  }

  private void hashLine() {
    digest.update(line, 0, inLine);
    inLine = 0;
  }

  private void file(int first, Visitor visitor) throws IOException, MalformedBundle {
    BundlePath path = path(decimal(first, ':', "length of the path"));
    expect('\n', "a newline after the path");
    if (last != null && last.compareTo(path) >= 0) {
      throw fault("its path does not come after the one before: " + path);
    }
    last = path;
    long size = decimal(octet(), '\n', "size");
    if (size > limits.octets() - octets) {
      throw new MalformedBundle(
          "the files of the bundle hold more than " + limits.octets() + " octets");
    }
    octets += size;
    try (OutputStream content = visitor.file(path, size)) {
      copy(size, content);
    }
    expect('\n', "a newline after the content");
  }

  private BundlePath path(long length) throws IOException, MalformedBundle {
    if (length > BundlePath.OCTETS_MAX) {
      throw fault("a path has at most " + BundlePath.OCTETS_MAX + " octets; this has " + length);
    }
    byte[] utf8 = new byte[(int) length];
    if (in.readNBytes(utf8, 0, utf8.length) < utf8.length) {
      throw fault("the bundle ends inside the path");
    }
    hashLine();
    digest.update(utf8);
    try {
      return new BundlePath(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw fault("its path is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }

  private void copy(long size, OutputStream content) throws IOException, MalformedBundle {
    hashLine();
    byte[] buffer = new byte[(int) Math.min(size, BUFFER_OCTETS)];
    long left = size;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw fault("the bundle ends " + left + " octets before the end of the content");
      }
      digest.update(buffer, 0, n);
      content.write(buffer, 0, n);
      left -= n;
    }
  }

  /**
   * A plain decimal without leading zeros, whose first octet was already read, up to {@code end}.
   */
  private long decimal(int first, char end, String what) throws IOException, MalformedBundle {
    long value = 0;
    int digits = 0;
    for (int c = first; c != end || digits == 0; c = octet()) {
      boolean leadingZero = digits == 1 && value == 0;
      if (c < '0' || c > '9' || leadingZero || digits == DIGITS_MAX) {
        throw fault("its " + what + " is not a plain decimal");
      }
      value = value * 10 + (c - '0');
      digits++;
    }
    return value;
  }

  private void expect(char expected, String what) throws IOException, MalformedBundle {
    if (octet() != expected) {
      throw fault(what + " is missing");
    }
  }

  private int octet() throws IOException {
    int c = in.read();
    if (c >= 0) {
      if (inLine == line.length) {
        hashLine();
      }
      line[inLine++] = (byte) c;
    }
    return c;
  }

  private MalformedBundle fault(String sentence) {
    return new MalformedBundle("file " + files + " of the bundle: " + sentence);
  }
}
