package org.almoner.coordinator.dispatch;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * Sixteen neighbouring units of a batch, kept in one row: neighbours are leased together and come
 * back together, so that a report of ten lines changes one row or two.
 *
 * <p>The row moves from the family of open chunks to that of ended ones when the last of its units
 * has ended, so that a start reads what is open and nothing else.
 */
public final class Chunk implements Row {
  /** Units in a chunk. */
  public static final int UNITS = 16;

  /** Family of chunks with a unit that has not ended. */
  public static final String OPEN = "open/";

  /** Family of chunks whose units have all ended. */
  public static final String ENDED = "unit/";

  private static final int VERSION = Took.ENGINE_SINCE;

  /**
   * Rows of version 1 do not say how long a replica ran and what memory it had; before version 3
   * every result was compared octet by octet, and before version 4 nothing names the engine.
   */
  private static final int OLDEST_VERSION = 1;

  private final BatchId batch;
  private final long number;
  private final int size;
  private final String name;
  private final Map<Integer, Unit> units = new TreeMap<>();

  /**
   * A chunk nobody has worked on.
   *
   * @param size units of the batch that lie in it, 1 to {@link #UNITS}
   */
  Chunk(BatchId batch, long number, int size) {
    this.batch = batch;
    this.number = number;
    this.size = size;
    this.name = name(batch, number);
  }

  /** The chunk that holds unit {@code index}. */
  static long numberOf(long index) {
    return index / UNITS;
  }

  /** Units of a batch of {@code units} units that lie in chunk {@code number}. */
  static int sizeOf(long number, long units) {
    return (int) Math.min(UNITS, units - number * UNITS);
  }

  /** Batch and number, the same in both families. */
  static String name(BatchId batch, long number) {
    String padded = Long.toHexString(number | 1L << 32).substring(1);
    return batch.toHex() + "/" + padded;
  }

  /** Key of a chunk whose units have all ended. */
  public static String endedKey(BatchId batch, long number) {
    return ENDED + name(batch, number);
  }

  /** Key of a chunk with a unit that has not ended. */
  public static String openKey(BatchId batch, long number) {
    return OPEN + name(batch, number);
  }

  /** Reads a row of either family. */
  static Chunk parse(BatchId batch, long number, int size, Bytes row) throws DamagedRow {
    Chunk chunk = new Chunk(batch, number, size);
    RowReader in = new RowReader(chunk.key(), row, OLDEST_VERSION, VERSION);
    int count = in.count(size);
    for (int i = 0; i < count; i++) {
      int slot = in.count(size - 1);
      chunk.units.put(slot, Unit.read(in, number * UNITS + slot));
    }
    in.end();
    return chunk;
  }

  /** Its place in the batch. */
  long number() {
    return number;
  }

  BatchId batch() {
    return batch;
  }

  /** The unit, if it was ever leased. */
  Optional<Unit> find(long index) {
    return Optional.ofNullable(units.get((int) (index - number * UNITS)));
  }

  Unit findOrAdd(long index) {
    return units.computeIfAbsent((int) (index - number * UNITS), slot -> new Unit(index));
  }

  /** Units that were ever leased, in order. */
  Collection<Unit> units() {
    return units.values();
  }

  /** Whether every unit in it has ended, and no line of one may still come. */
  boolean ended() {
    return units.size() == size
        && units.values().stream().allMatch(u -> u.hasEnded() && !u.isPending());
  }

  @Override
  public String key() {
    return OPEN + name;
  }

  @Override
  public Bytes image() {
    return ended() ? REMOVED : octets();
  }

  /** The row in the family of ended chunks. */
  Row endedRow() {
    return new Row() {
      @Override
      public String key() {
        return ENDED + name;
      }

      @Override
      public Bytes image() {
        return octets();
      }
    };
  }

  private Bytes octets() {
    RowWriter out = new RowWriter(VERSION).number(units.size());
    units.forEach(
        (slot, unit) -> {
          out.number(slot);
          unit.write(out);
        });
    return out.finish();
  }
}
