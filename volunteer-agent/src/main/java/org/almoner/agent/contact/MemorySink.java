package org.almoner.agent.contact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.almoner.protocol.bytes.Bytes;

/** Keeps a small body in memory. */
final class MemorySink implements Sink {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  @Override
  public void take(ByteBuffer piece) {
    byte[] copy = new byte[piece.remaining()];
    piece.get(copy);
    octets.writeBytes(copy);
  }

  @Override
  public Bytes end() {
    return Bytes.of(octets.toByteArray());
  }

  @Override
  public void abandon() {
    octets.reset();
  }
}
