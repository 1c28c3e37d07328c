package org.almoner.coordinator.ignite;

import java.io.IOException;
import java.util.Optional;
import javax.cache.CacheException;
import org.almoner.ledger.append.CheckpointRegister;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;

/** The newest checkpoint, as one row that is compared and set. */
final class IgniteRegister implements CheckpointRegister {
  private static final String CHECKPOINT = "checkpoint";

  private final IgniteCache<String, String> cache;

  IgniteRegister(IgniteCache<String, String> cache) {
    this.cache = cache;
  }

  @Override
  public Optional<String> read() throws IOException {
    try {
      return Optional.ofNullable(cache.get(CHECKPOINT));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read the checkpoint: " + e, e);
    }
  }

  @Override
  public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
    try {
      return expected.isPresent()
          ? cache.replace(CHECKPOINT, expected.get(), next)
          : cache.putIfAbsent(CHECKPOINT, next);
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store did not take the checkpoint: " + e, e);
    }
  }
}
