package org.almoner.coordinator.statistics;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Totals;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/**
 * What was settled for one project since its last total was told. Donors stand in it by the
 * beginning of a hash, and are forgotten when the sum is told.
 */
final class OpenSum implements Row {
  static final String FAMILY = "sum/";

  /** Octets by which a donor is known from others. */
  static final int MARK_OCTETS = 8;

  /** Most donors told apart; a sum with more is told as one with so many. */
  static final int DONORS_MAX = 10_000;

  /**
   * Most that the two donors who gave most may have given of a sum that is told, in percent: from a
   * sum that is nearly theirs, each could tell what the other gave.
   */
  static final int TWO_LARGEST_PERCENT_MAX = 80;

  /** Rows of version 1 do not say what each donor gave. */
  private static final int OLDEST_VERSION = 1;

  private static final int VERSION = 2;

  private final String project;
  private LocalDate from;
  private long lines;
  private CpuTime cpu = CpuTime.NONE;
  private final Map<Bytes, Long> donors = new TreeMap<>();

  /** Nothing yet. */
  OpenSum(String project, LocalDate from) {
    this.project = project;
    this.from = from;
  }

  static OpenSum parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, OLDEST_VERSION, VERSION);
    OpenSum sum = new OpenSum(in.text(), LocalDate.ofEpochDay(in.number()));
    sum.lines = in.number();
    sum.cpu = new CpuTime(in.number(), in.number(), in.number());
    int count = in.count(DONORS_MAX);
    for (int i = 0; i < count; i++) {
      Bytes mark = in.fixed(MARK_OCTETS);
      sum.donors.put(mark, in.version() > OLDEST_VERSION ? in.number() : 0);
    }
    in.end();
    return sum;
  }

  String project() {
    return project;
  }

  /** A line of {@code donor} was settled, and counts. */
  void add(DonorId donor, CpuTime time) {
    lines++;
    cpu = cpu.plus(time);
    byte[] digest = Hash.sha256(donor.octets().toArray()).toArray();
    Bytes mark = Bytes.of(Arrays.copyOf(digest, MARK_OCTETS));
    if (donors.size() < DONORS_MAX || donors.containsKey(mark)) {
      donors.merge(mark, time.totalMs(), Math::addExact);
    }
  }

  /**
   * Whether enough donors stand behind it, none of them too much, and a day has begun that was not
   * told yet.
   */
  boolean mayBeTold(LocalDate today) {
    return donors.size() >= Totals.DONORS_MIN && !isDominated() && !today.isBefore(from);
  }

  /** Time of donors who are not told apart is taken to be one donor's. */
  private boolean isDominated() {
    long all = cpu.totalMs();
    long known = donors.values().stream().mapToLong(Long::longValue).sum();
    long two =
        LongStream.concat(
                donors.values().stream().mapToLong(Long::longValue), LongStream.of(all - known))
            .map(ms -> -ms)
            .sorted()
            .limit(2)
            .map(ms -> -ms)
            .sum();
    return two > all / 100 * TWO_LARGEST_PERCENT_MAX + all % 100 * TWO_LARGEST_PERCENT_MAX / 100;
  }

  /** The sum up to today; from now on nothing is left of it. */
  Totals tell(LocalDate today) {
    Totals told = new Totals(project, from, today, lines, donors.size(), cpu);
    from = today.plusDays(1);
    lines = 0;
    cpu = CpuTime.NONE;
    donors.clear();
    return told;
  }

  @Override
  public String key() {
    return FAMILY + Hash.sha256(Bytes.utf8(project).toArray()).toHex();
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).text(project).number(from.toEpochDay()).number(lines);
    out.number(cpu.c1()).number(cpu.c2()).number(cpu.c3()).number(donors.size());
    donors.forEach((mark, ms) -> out.fixed(mark).number(ms));
    return out.finish();
  }
}
