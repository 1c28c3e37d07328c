package org.almoner.coordinator.intake;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.almoner.protocol.usage.Held;

/** A stream whose octets, as they are read, are also fed to the values of some lines. */
final class PassingBy extends FilterInputStream {
  private final List<Held> lines;
  private final byte[] one = new byte[1];

  PassingBy(InputStream in, Collection<Held> lines) {
    super(new BufferedInputStream(in));
    this.lines = List.copyOf(lines);
  }

  @Override
  public int read() throws IOException {
    int n = read(one, 0, 1);
    return n < 0 ? n : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    for (Held line : lines) {
      line.add(into, offset, Math.max(0, n));
    }
    return n;
  }

  @Override
  public long skip(long octets) {
    throw new UnsupportedOperationException("octets that are skipped are not seen");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
