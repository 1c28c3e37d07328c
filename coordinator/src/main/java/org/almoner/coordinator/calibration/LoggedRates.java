package org.almoner.coordinator.calibration;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** The rates that were logged last. */
record LoggedRates(Rates rates) implements Row {
  private static final String KEY = "meta/rates";
  private static final int VERSION = 1;

  static Optional<LoggedRates> load(RowStore store) throws IOException {
    Optional<Bytes> row = store.get(KEY);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    RowReader in = new RowReader(KEY, row.get(), VERSION);
    long starter = in.number();
    SortedMap<Hash, Long> releases = new TreeMap<>();
    int count = in.count(Rates.RELEASES_MAX);
    for (int i = 0; i < count; i++) {
      releases.put(in.hash(), in.number());
    }
    in.end();
    return Optional.of(new LoggedRates(new Rates(starter, releases)));
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).number(rates.starter()).number(rates.releases().size());
    rates.releases().forEach((release, rate) -> out.hash(release).number(rate));
    return out.finish();
  }
}
