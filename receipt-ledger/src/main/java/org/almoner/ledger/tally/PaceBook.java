package org.almoner.ledger.tally;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Hash;

/**
 * The rates entries of a log, each at its place: an index, or any number that grows with it. For
 * one thread.
 */
public final class PaceBook {
  private final Map<Hash, NavigableMap<Long, Pace>> releases = new HashMap<>();

  /** Takes the rates entry at {@code place}. */
  public void take(long place, Rates rates) {
    rates
        .releases()
        .forEach(
            (release, floor) ->
                releases
                    .computeIfAbsent(release, r -> new TreeMap<>())
                    .put(place, new Pace(floor, rates.starter())));
  }

  /** The pace of a release by the last entry before {@code place} that names it. */
  public Optional<Pace> before(long place, Hash release) {
    return entry(place, release).map(Map.Entry::getValue);
  }

  /** Place of the last entry before {@code place} that names the release. */
  public Optional<Long> placeBefore(long place, Hash release) {
    return entry(place, release).map(Map.Entry::getKey);
  }

  private Optional<Map.Entry<Long, Pace>> entry(long place, Hash release) {
    return Optional.ofNullable(releases.get(release)).map(known -> known.lowerEntry(place));
  }
}
