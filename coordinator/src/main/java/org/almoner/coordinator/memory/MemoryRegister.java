package org.almoner.coordinator.memory;

import java.util.Optional;
import org.almoner.ledger.append.CheckpointRegister;

/** The newest checkpoint, in memory. */
public final class MemoryRegister implements CheckpointRegister {
  private Optional<String> checkpoint = Optional.empty();

  @Override
  public synchronized Optional<String> read() {
    return checkpoint;
  }

  @Override
  public synchronized boolean compareAndSet(Optional<String> expected, String next) {
    if (!checkpoint.equals(expected)) {
      return false;
    }
    checkpoint = Optional.of(next);
    return true;
  }
}
