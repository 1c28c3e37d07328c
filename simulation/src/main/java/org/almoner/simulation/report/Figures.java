package org.almoner.simulation.report;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;

/**
 * What came of one run.
 *
 * @param scenario its name
 * @param seed what it was made from
 * @param days how long it lasted
 * @param events things that happened
 * @param entries of the log
 * @param root of the log, the same for the same seed
 * @param requests that computers made
 * @param serverFailures how often the coordinator was opened again
 * @param retiredKeys how often a computer had to take another key
 * @param units distinct units of the second half with a line that counts
 * @param linesOfUnits lines of those units
 * @param shares by the name of a strategy
 * @param lostBecause lines of those who mean well that do not count, by why not
 */
public record Figures(
    String scenario,
    long seed,
    int days,
    long events,
    long entries,
    Hash root,
    long requests,
    long serverFailures,
    long retiredKeys,
    long units,
    long linesOfUnits,
    Map<String, Share> shares,
    Map<String, Long> lostBecause) {
  /** What all honest computers are called. */
  public static final String HONEST = "honest";

  /** Copies the shares in the order of their names. */
  public Figures {
    shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    lostBecause = Collections.unmodifiableMap(new TreeMap<>(lostBecause));
  }

  /** What honest computers did. */
  public Share honest() {
    return shares.getOrDefault(HONEST, Share.NONE);
  }

  /** What all others did. */
  public Share others() {
    return shares.entrySet().stream()
        .filter(share -> !share.getKey().equals(HONEST))
        .map(Map.Entry::getValue)
        .reduce(Share.NONE, Share::plus);
  }

  /** Lines for each unit beyond the one that is needed, in the second half. */
  public double overhead() {
    return units == 0 ? 0 : (double) linesOfUnits / units - 1;
  }

  /** Usage lines in all. */
  public long lines() {
    return shares.values().stream().mapToLong(Share::lines).sum();
  }

  /** One object, the same for the same seed. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder each = JsonValue.Obj.of();
    shares.forEach(
        (name, share) ->
            each.put(
                name,
                JsonValue.Obj.of()
                    .put("lines", share.lines())
                    .put("realMs", share.realMs())
                    .put("forgedMs", share.forgedMs())
                    .put("survivedMs", share.survivedMs())
                    .put("countedMs", share.countedMs())
                    .put("lostMs", share.lostMs())
                    .put("openMs", share.openMs())
                    .build()));
    JsonValue.Builder why = JsonValue.Obj.of();
    lostBecause.forEach(why::put);
    return JsonValue.Obj.of()
        .put("scenario", scenario)
        .put("seed", Long.toString(seed))
        .put("days", days)
        .put("events", events)
        .put("entries", entries)
        .put("root", root.toHex())
        .put("requests", requests)
        .put("serverFailures", serverFailures)
        .put("retiredKeys", retiredKeys)
        .put("units", units)
        .put("linesOfUnits", linesOfUnits)
        .put("shares", each.build())
        .put("lostBecause", why.build())
        .build();
  }
}
