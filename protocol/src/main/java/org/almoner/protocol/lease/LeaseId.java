package org.almoner.protocol.lease;

import java.util.Comparator;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Names one lease: which replica of which unit of which batch. At most one line is ever logged for
 * it.
 *
 * @param unit index of the unit in its batch, 0 to {@link #UNIT_MAX}
 * @param replica 0 to {@link #REPLICA_MAX}
 */
public record LeaseId(BatchId batch, long unit, int replica) implements Comparable<LeaseId> {
  /** Largest unit index: a batch holds at most a billion units. */
  public static final long UNIT_MAX = 999_999_999;

  /** Largest replica number: no unit is ever leased more often than this plus one. */
  public static final int REPLICA_MAX = 15;

  private static final Comparator<LeaseId> ORDER =
      Comparator.comparing(LeaseId::batch)
          .thenComparingLong(LeaseId::unit)
          .thenComparingInt(LeaseId::replica);

  /** Refuses numbers out of range. */
  public LeaseId {
    if (unit < 0 || unit > UNIT_MAX) {
      throw new IllegalArgumentException("unit must be 0 to " + UNIT_MAX + ", got " + unit);
    }
    if (replica < 0 || replica > REPLICA_MAX) {
      throw new IllegalArgumentException(
          "replica must be 0 to " + REPLICA_MAX + ", got " + replica);
    }
  }

  /** Takes the fields {@code batch}, {@code unit} and {@code replica}. */
  public static LeaseId parse(JsonFields fields) throws MalformedJson {
    return new LeaseId(
        fields.parsed("batch", BatchId::parseHex),
        fields.integer("unit", 0, UNIT_MAX),
        fields.smallInteger("replica", 0, REPLICA_MAX));
  }

  /** Adds the fields {@code batch}, {@code unit} and {@code replica}. */
  public JsonValue.Builder writeTo(JsonValue.Builder out) {
    return out.put("batch", batch.toHex()).put("unit", unit).put("replica", replica);
  }

  @Override
  public int compareTo(LeaseId other) {
    return ORDER.compare(this, other);
  }

  /** Batch, unit and replica separated by slashes. */
  @Override
  public String toString() {
    return batch.toHex() + "/" + unit + "/" + replica;
  }
}
