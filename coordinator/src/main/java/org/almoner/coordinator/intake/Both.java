package org.almoner.coordinator.intake;

import java.io.IOException;
import java.io.OutputStream;

/** Writes everything to two streams. */
final class Both extends OutputStream {
  private final OutputStream one;
  private final OutputStream other;

  Both(OutputStream one, OutputStream other) {
    this.one = one;
    this.other = other;
  }

  @Override
  public void write(int octet) throws IOException {
    one.write(octet);
    other.write(octet);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    one.write(octets, from, length);
    other.write(octets, from, length);
  }

  @Override
  public void close() throws IOException {
    try (one) {
      other.close();
    }
  }
}
