package org.almoner.ledger.entry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * How many instructions in a millisecond of processor time even a slow computer executes. Processor
 * time that a line claims beyond its instruction count divided by that is not credited.
 *
 * <p>Holds for lines that are settled after it, until another entry names the same release.
 *
 * @param starter the rate of starter units on the computers behind {@code releases}, against which
 *     a computer's own starter units are held
 * @param releases the lowest rate believed for each release, by the release's digest
 */
public record Rates(long starter, SortedMap<Hash, Long> releases) {
  /** Most releases in one entry. */
  public static final int RELEASES_MAX = 500;

  /** More instructions than any processor executes in a millisecond. */
  public static final long RATE_MAX = 100_000_000;

  /** Copies the releases; refuses rates out of range. */
  public Rates {
    releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
    if (releases.isEmpty() || releases.size() > RELEASES_MAX) {
      throw new IllegalArgumentException(
          "rates are of 1 to " + RELEASES_MAX + " releases, got " + releases.size());
    }
    requireRate(starter);
    releases.values().forEach(Rates::requireRate);
  }

  private static void requireRate(long rate) {
    if (rate < 1 || rate > RATE_MAX) {
      throw new IllegalArgumentException("a rate is 1 to " + RATE_MAX + ", got " + rate);
    }
  }

  /** Reads an entry of kind rates. */
  public static Rates parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.RATES);
    try {
      SortedMap<Hash, Long> releases = new TreeMap<>();
      for (JsonFields each : fields.objects("releases", 1, RELEASES_MAX)) {
        Hash release = each.hash("release");
        if (!releases.isEmpty() && releases.lastKey().compareTo(release) >= 0) {
          throw new IllegalArgumentException("releases are not in order at " + release.toHex());
        }
        releases.put(release, each.integer("rate", 1, RATE_MAX));
        each.end();
      }
      Rates read = new Rates(fields.integer("starter", 1, RATE_MAX), releases);
      fields.end();
      return read;
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind RATES: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    List<JsonValue.Obj> list = new ArrayList<>();
    for (Map.Entry<Hash, Long> each : releases.entrySet()) {
      list.add(
          JsonValue.Obj.of()
              .put("release", each.getKey().toHex())
              .put("rate", each.getValue())
              .build());
    }
    return Entry.ofRecord(
        Kind.RATES, JsonValue.Obj.of().put("starter", starter).put("releases", list).build());
  }
}
