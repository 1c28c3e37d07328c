package org.almoner.protocol.result;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The files a unit left under {@code /out}, as one string of octets: what replicas are compared by.
 *
 * <p>The line {@code almoner-output/1}, then for each file, in ascending order of the octets of its
 * path: length of the path in octets, {@code :}, the path, newline, size in octets, newline, the
 * octets, newline. Lengths and sizes are plain decimals. One set of files has exactly one bundle.
 *
 * <p>This value holds everything in memory; {@link BundleReader} and {@link BundleWriter} do not.
 */
public record OutputBundle(List<OutputFile> files) {
  /** What every bundle starts with; the number is the version of the format. */
  static final String FIRST_LINE = "almoner-output/1\n";

  /**
   * One file of a bundle.
   *
   * @param content all its octets
   */
  public record OutputFile(BundlePath path, Bytes content) {}

  /**
   * @throws IllegalArgumentException when the files are not in strictly ascending order of their
   *     paths
   */
  public OutputBundle {
    files = List.copyOf(files);
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i - 1).path().compareTo(files.get(i).path()) >= 0) {
        throw new IllegalArgumentException(
            "files must be in ascending order of their paths: " + files.get(i).path());
      }
    }
  }

  /**
   * Reads a whole bundle into memory.
   *
   * @throws MalformedBundle naming the file and what is wrong
   */
  public static OutputBundle parse(byte[] octets) throws MalformedBundle {
    List<BundlePath> paths = new ArrayList<>();
    List<ByteArrayOutputStream> contents = new ArrayList<>();
    try {
      BundleReader.read(
          new ByteArrayInputStream(octets),
          BundleLimits.ofOctets(octets.length),
          (path, size) -> {
            paths.add(path);
            contents.add(new ByteArrayOutputStream());
            return contents.get(contents.size() - 1);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("memory streams do not fail", e);
    }
    List<OutputFile> files = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      files.add(new OutputFile(paths.get(i), Bytes.of(contents.get(i).toByteArray())));
    }
    return new OutputBundle(files);
  }

  /** The octets of the bundle. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BundleWriter writer = new BundleWriter(out);
      for (OutputFile file : files) {
        byte[] content = file.content().toArray();
        writer.file(file.path(), content.length, new ByteArrayInputStream(content));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory streams do not fail", e);
    }
    return out.toByteArray();
  }

  /** SHA-256 of {@link #encode()}: the output digest in usage lines. */
  public Hash digest() {
    return Hash.sha256(encode());
  }
}
