package org.almoner.protocol.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.almoner.protocol.bytes.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Writes an output bundle, file after file in ascending order of their paths.
 *
 * <p>Nothing is buffered and the stream stays open: both are the caller's.
 */
public final class BundleWriter {
  private final OutputStream out;
  private final MessageDigest digest = Hash.newDigest();
  private @Nullable BundlePath last;

  /** Writes the first line to {@code out}. */
  public BundleWriter(OutputStream out) throws IOException {
    this.out = out;
    text(OutputBundle.FIRST_LINE);
  }

  /**
   * Appends one file.
   *
   * @param size octets that {@code content} holds
   * @throws IllegalArgumentException when {@code path} does not come after the one before
   * @throws IOException when {@code content} holds fewer or more octets, or a stream fails
   */
  public void file(BundlePath path, long size, InputStream content) throws IOException {
    if (last != null && last.compareTo(path) >= 0) {
      throw new IllegalArgumentException("files are written in ascending order: " + path);
    }
    last = path;
    text(path.octets().length + ":" + path + "\n" + size + "\n");
    byte[] buffer = new byte[8192];
    long left = size;
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      left -= n;
      if (left < 0) {
        throw new IOException(path + " grew beyond its " + size + " octets while it was copied");
      }
      octets(buffer, n);
    }
    if (left > 0) {
      throw new IOException(path + " ended " + left + " octets before its size of " + size);
    }
    text("\n");
  }

  /** Digest of everything written so far; call it once, after the last file. */
  public Hash finish() {
    return Hash.of(digest.digest());
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    octets(utf8, utf8.length);
  }

  private void octets(byte[] buffer, int length) throws IOException {
    digest.update(buffer, 0, length);
    out.write(buffer, 0, length);
  }
}
