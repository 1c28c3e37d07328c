package org.almoner.coordinator.enrolment;

import java.util.Map;
import java.util.TreeMap;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Hash;

/**
 * An agent's reports in order: which numbers were used, and the digest of the newest.
 *
 * <p>A gap, numbers passed over, is recorded and may be filled later.
 */
public final class Chain {
  /** Most gaps remembered; the numbers of older ones count as used. */
  public static final int GAPS_MAX = 32;

  private long next;
  private Hash last = Hash.ZERO;

  /** First number of each gap, and the number behind its last. */
  private final TreeMap<Long, Long> gaps = new TreeMap<>();

  /** Whether a report of that number was logged, or may have been. */
  public boolean used(long seq) {
    if (seq >= next) {
      return false;
    }
    Map.Entry<Long, Long> gap = gaps.floorEntry(seq);
    return gap == null || seq >= gap.getValue();
  }

  /** Whether {@code prev} contradicts what is known of the report before {@code seq}. */
  public boolean contradicts(long seq, Hash prev) {
    return seq == next && !prev.equals(last);
  }

  /** Whether a report of that number leaves numbers behind that no report has used. */
  public boolean passesOver(long seq) {
    return seq > next;
  }

  /** A report was logged. */
  public void add(long seq, Hash digest) {
    if (seq < next) {
      fill(seq);
      return;
    }
    if (seq > next) {
      gaps.put(next, seq);
      if (gaps.size() > GAPS_MAX) {
        gaps.pollFirstEntry();
      }
    }
    next = seq + 1;
    last = digest;
  }

  private void fill(long seq) {
    Map.Entry<Long, Long> gap = gaps.floorEntry(seq);
    if (gap == null || seq >= gap.getValue()) {
      throw new IllegalStateException("number " + seq + " was used before");
    }
    gaps.remove(gap.getKey());
    if (gap.getKey() < seq) {
      gaps.put(gap.getKey(), seq);
    }
    if (seq + 1 < gap.getValue()) {
      gaps.put(seq + 1, gap.getValue());
    }
    if (gaps.size() > GAPS_MAX) {
      gaps.pollFirstEntry();
    }
  }

  /** Number of gaps that are open. */
  public int gaps() {
    return gaps.size();
  }

  static Chain read(RowReader in) throws DamagedRow {
    Chain chain = new Chain();
    chain.next = in.number();
    chain.last = in.hash();
    int count = in.count(GAPS_MAX);
    for (int i = 0; i < count; i++) {
      long from = in.number();
      chain.gaps.put(from, from + in.number());
    }
    return chain;
  }

  void write(RowWriter out) {
    out.number(next).hash(last).number(gaps.size());
    gaps.forEach((from, to) -> out.number(from).number(to - from));
  }
}
