package org.almoner.coordinator.calibration;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Bytes;

/** The best rate each donor was seen to reach in one kind of unit. */
final class BestRates implements Row {
  /** Family of the rows. */
  static final String FAMILY = "calibration/";

  /** Donors remembered, those heard of last. */
  static final int HOLDERS_MAX = 1_000;

  /** Time between two writings of a row: what is newer than that a restart forgets. */
  static final long WRITE_MS = 600_000;

  private static final int VERSION = 1;

  private final String name;
  private final Map<Holder, Long> best = new LinkedHashMap<>(16, 0.75f, true);
  private long writtenMs;

  BestRates(String name) {
    this.name = name;
  }

  static BestRates parse(String key, Bytes row) throws DamagedRow {
    BestRates read = new BestRates(key.substring(FAMILY.length()));
    RowReader in = new RowReader(key, row, VERSION);
    int count = in.count(HOLDERS_MAX);
    for (int i = 0; i < count; i++) {
      read.best.put(new Holder(in.bytes()), (long) in.count((int) Rates.RATE_MAX));
    }
    in.end();
    return read;
  }

  String name() {
    return name;
  }

  /** Takes note of a rate in instructions a millisecond; whether anything changed. */
  boolean reached(Holder holder, long rate) {
    Long before = best.get(holder);
    if (before != null && before >= rate) {
      return false;
    }
    best.put(holder, rate);
    if (best.size() > HOLDERS_MAX) {
      Iterator<Holder> eldest = best.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return true;
  }

  /** Whether the row is to be written again at that time. */
  boolean isDue(long nowMs) {
    if (nowMs - writtenMs < WRITE_MS) {
      return false;
    }
    writtenMs = nowMs;
    return true;
  }

  /** Best rates by donor. */
  Map<Holder, Long> byHolder() {
    return best;
  }

  /** The row's end, when the release was not heard of for long. */
  Row removed() {
    return new Row() {
      @Override
      public String key() {
        return FAMILY + name;
      }

      @Override
      public Bytes image() {
        return REMOVED;
      }
    };
  }

  @Override
  public String key() {
    return FAMILY + name;
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).number(best.size());
    best.forEach((holder, rate) -> out.bytes(holder.octets()).number(rate));
    return out.finish();
  }
}
