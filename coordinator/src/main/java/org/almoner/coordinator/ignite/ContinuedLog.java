package org.almoner.coordinator.ignite;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.pagemem.wal.record.RolloverType;
import org.apache.ignite.internal.pagemem.wal.record.WALRecord;
import org.apache.ignite.internal.processors.cache.persistence.wal.FileWriteAheadLogManager;
import org.apache.ignite.internal.processors.cache.persistence.wal.WALPointer;
import org.jspecify.annotations.Nullable;

/**
 * Ignite's write-ahead log, which after a recovery goes on behind what the recovery wrote.
 *
 * <p>A recovery writes to the log it reads. Ignite then asks where the log ends by flushing it, and
 * is told nothing when all of it was flushed a moment before, as after an update of its own
 * metadata. It went on where the log ended before the recovery: over the records of the recovery,
 * and, when these had filled a segment, in a segment that was closed and copied. What was
 * acknowledged from then on stood beside the log, and the next start after a kill failed or could
 * not see it.
 */
final class ContinuedLog extends FileWriteAheadLogManager {
  private final GridKernalContext kernal;
  private final AtomicReference<@Nullable WALPointer> recovered = new AtomicReference<>();

  ContinuedLog(GridKernalContext kernal) {
    super(kernal);
    this.kernal = kernal;
  }

  @Override
  public @Nullable WALPointer log(WALRecord written, RolloverType rollover)
      throws IgniteCheckedException {
    WALPointer at = super.log(written, rollover);
    if (at != null && kernal.recoveryMode()) {
      recovered.accumulateAndGet(at, ContinuedLog::later);
    }
    return at;
  }

  /** Where the flushed log ends, also when another flush came first. */
  @Override
  public @Nullable WALPointer flush(@Nullable WALPointer upTo, boolean sync)
      throws IgniteCheckedException {
    WALPointer end = super.flush(upTo, sync);
    return end == null && upTo == null && kernal.recoveryMode() ? recovered.get() : end;
  }

  private static @Nullable WALPointer later(@Nullable WALPointer one, @Nullable WALPointer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? other : one;
  }
}
