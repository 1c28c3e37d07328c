package org.almoner.coordinator.batch;

import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * How far a batch has come, in counts, and what was learned of its units. Changed on the writer's
 * thread alone.
 */
public final class Progress implements Row {
  /** Units of a pilot: run alone, before the rest of the batch is leased. */
  public static final int PILOT_UNITS = 3;

  /** Newest units that are looked back at, to see whether most fail. */
  public static final int ENDINGS = Endings.MAX;

  private static final int VERSION = 3;

  /** Rows of version 2 do not say when the last line came. */
  private static final int OLDEST_VERSION = 2;

  private final Batch batch;
  private long next;
  private long leased;
  private long reported;
  private long accepted;
  private long failed;
  private long rejected;
  private long cpuMs;
  private Estimate estimate = Estimate.UNKNOWN;
  private Endings endings = Endings.NONE;
  private boolean pilot;
  private long pilotUntilMs;
  private long lastLineMs;
  private StopReason stopped = StopReason.NONE;

  /** A batch nobody has worked on. */
  public Progress(Batch batch) {
    this.batch = batch;
  }

  /**
   * Reads a row. Leases out are not in it: they are counted from the leases themselves; nor is
   * whether the batch was stopped, which has a row of its own.
   */
  public static Progress parse(Batch batch, Bytes row) throws DamagedRow {
    Progress progress = new Progress(batch);
    RowReader in = new RowReader(progress.key(), row, OLDEST_VERSION, VERSION);
    progress.next = in.number();
    progress.reported = in.number();
    progress.accepted = in.number();
    progress.failed = in.number();
    progress.rejected = in.number();
    progress.cpuMs = in.number();
    progress.estimate = Estimate.read(in);
    progress.endings = Endings.read(in);
    progress.pilot = in.bool();
    progress.pilotUntilMs = in.number();
    progress.lastLineMs = in.version() == OLDEST_VERSION ? 0 : in.number();
    in.end();
    return progress;
  }

  /** Key of that batch's counts. */
  public static String key(BatchId id) {
    return "tally/" + id.toHex();
  }

  /** Whose counts they are. */
  public Batch batch() {
    return batch;
  }

  /** Index of the first unit that was never leased. */
  public long next() {
    return next;
  }

  /** Units that may be leased: all, or those of the pilot. */
  public long open() {
    return pilot ? PILOT_UNITS : batch.units();
  }

  /** The first units are run alone, when there are others. */
  public void beginPilot() {
    pilot = batch.units() > PILOT_UNITS;
  }

  /** Whether the pilot runs or is to be run. */
  public boolean isPilot() {
    return pilot;
  }

  /** When the pilot ends even without its results; 0 before its first lease. */
  public long pilotUntilMs() {
    return pilotUntilMs;
  }

  /** A lease goes out; the first of a pilot bounds it by {@code deadlineMs}. */
  public void leasePilot(long deadlineMs) {
    if (pilot && pilotUntilMs == 0) {
      pilotUntilMs = deadlineMs;
    }
  }

  /** The rest of the batch may be leased; {@code found} is what the pilot's units took. */
  public void endPilot(Estimate found) {
    pilot = false;
    estimate = found.isKnown() ? found : estimate;
  }

  /** What a unit takes. */
  public Estimate estimate() {
    return estimate;
  }

  /** A unit that was agreed on took that much; a pilot's units are learned from together. */
  public void learn(Estimate unit) {
    if (!pilot) {
      estimate = estimate.with(unit);
    }
  }

  /** How many of the newest units failed, when that is more than half; otherwise 0. */
  public int failing() {
    return endings.mostFailed() ? endings.failures() : 0;
  }

  /** Takes the first unit that was never leased. */
  public long takeNext() {
    return next++;
  }

  /** A lease went out. */
  public void lease() {
    leased++;
  }

  /** A lease is out no more: it came back, or its deadline passed. */
  public void takeBack() {
    leased--;
  }

  /** A line of a lease was logged. */
  public void report(long nowMs) {
    reported++;
    lastLineMs = Math.max(lastLineMs, nowMs);
  }

  /** When the last line was logged, coordinator's clock; 0 before the first. */
  public long lastLineMs() {
    return lastLineMs;
  }

  /** A unit ended with an agreed result. */
  public void acceptUnit() {
    accepted++;
    endings = endings.with(false);
  }

  /** The result that a unit had ended with was not confirmed by others. */
  public void unacceptUnit() {
    accepted--;
    failed++;
  }

  /** A unit ended without one. */
  public void failUnit() {
    failed++;
    endings = endings.with(true);
  }

  /** Nothing more of the batch is leased. */
  public void stop(StopReason reason) {
    stopped = reason;
  }

  /** Why nothing more of the batch is leased; {@link StopReason#NONE} while it goes on. */
  public StopReason stopped() {
    return stopped;
  }

  /** A line of an ended unit counts. */
  public void acceptLine(long lineCpuMs) {
    cpuMs = Math.addExact(cpuMs, lineCpuMs);
  }

  /** A line that counted does not count after all. */
  public void withdrawLine(long lineCpuMs) {
    cpuMs -= lineCpuMs;
    rejected++;
  }

  /** A line of an ended unit does not count. */
  public void rejectLine() {
    rejected++;
  }

  /** The counts as others may see them. */
  public BatchView view() {
    return new BatchView(
        batch.id(),
        batch.spec().project(),
        batch.spec().purpose(),
        batch.release().title(),
        batch.units(),
        leased,
        reported,
        accepted,
        failed,
        rejected,
        cpuMs,
        batch.spec().allotment(),
        batch.starter(),
        stopped);
  }

  @Override
  public String key() {
    return key(batch.id());
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION);
    out.number(next)
        .number(reported)
        .number(accepted)
        .number(failed)
        .number(rejected)
        .number(cpuMs);
    estimate.write(out);
    endings.write(out);
    return out.bool(pilot).number(pilotUntilMs).number(lastLineMs).finish();
  }
}
