package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The operator's list of usage lines whose openings were destroyed with their donors: an auditor
 * counts them apart from those that are merely not shown. Nobody signs it; it is the operator's
 * word. The form is in {@code docs/spec/commitment.md}.
 */
public final class ErasedLeaves {
  /** Name of the file in a folder of openings. */
  public static final String FILE = "erased.json";

  /** Most ranges in a list. */
  public static final int RANGES_MAX = 1_000_000;

  /** Largest list, in octets. */
  public static final long FILE_BYTES_MAX = 64L << 20;

  private final String origin;

  /** Index behind the last leaf of a range, by its first. */
  private final NavigableMap<Long, Long> ranges;

  private ErasedLeaves(String origin, NavigableMap<Long, Long> ranges) {
    this.origin = origin;
    this.ranges = ranges;
  }

  /** A list of leaves of the log of that name. */
  public static ErasedLeaves of(String origin, Collection<Long> leaves) {
    NavigableMap<Long, Long> ranges = new TreeMap<>();
    for (long leaf : new TreeSet<>(leaves)) {
      Map.Entry<Long, Long> last = ranges.lastEntry();
      boolean joins = last != null && last.getValue() == leaf;
      ranges.put(joins ? last.getKey() : Long.valueOf(leaf), leaf + 1);
    }
    return new ErasedLeaves(origin, ranges);
  }

  /**
   * Reads what {@link #octets} writes; white space is free.
   *
   * @throws MalformedJson naming the field, also when ranges touch, overlap or are out of order
   */
  public static ErasedLeaves parse(Bytes octets) throws MalformedJson {
    JsonFields fields = JsonFields.of(JsonParser.parseObject(octets.toArray()));
    String origin = fields.text("origin", 200);
    NavigableMap<Long, Long> ranges = new TreeMap<>();
    long end = -1;
    for (JsonFields range : fields.objects("erased", 0, RANGES_MAX)) {
      long from = range.integer("from", 0, JsonValue.INTEGER_MAX);
      long to = range.integer("to", 1, JsonValue.INTEGER_MAX);
      range.end();
      if (from <= end || to <= from) {
        throw fields.at(
            "erased", "expected ranges in order that do not touch, got " + from + " to " + to);
      }
      ranges.put(from, to);
      end = to;
    }
    fields.end();
    return new ErasedLeaves(origin, ranges);
  }

  /** Name of the log. */
  public String origin() {
    return origin;
  }

  /** Whether the line at {@code leaf} is on the list. */
  public boolean contains(long leaf) {
    Map.Entry<Long, Long> range = ranges.floorEntry(leaf);
    return range != null && leaf < range.getValue();
  }

  /** How many leaves are on it. */
  public long count() {
    return ranges.entrySet().stream().mapToLong(r -> r.getValue() - r.getKey()).sum();
  }

  /** Index behind the last of them, 0 when there is none. */
  public long end() {
    return ranges.isEmpty() ? 0 : ranges.lastEntry().getValue();
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    List<JsonValue.Obj> list = new ArrayList<>();
    ranges.forEach(
        (from, to) -> list.add(JsonValue.Obj.of().put("from", from).put("to", to).build()));
    return JsonValue.Obj.of().put("erased", list).put("origin", origin).build();
  }

  /** Canonical JSON. */
  public Bytes octets() {
    return CanonicalJson.bytes(toJson());
  }
}
