package org.almoner.coordinator.memory;

import java.util.Optional;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.protocol.bytes.Bytes;

/** The key file, in memory. */
public final class MemoryKeyShelf implements KeyShelf {
  private Optional<Bytes> file = Optional.empty();

  @Override
  public synchronized Optional<Bytes> read() {
    return file;
  }

  @Override
  public synchronized void append(Bytes octets) {
    file = file.map(before -> Bytes.parseHex(before.toHex() + octets.toHex()));
  }

  @Override
  public synchronized void replace(Bytes octets) {
    file = Optional.of(octets);
  }
}
