package org.almoner.coordinator.draw;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.protocol.bytes.Bytes;

/** The secrets of days whose lines have not matured yet. Used on the writer's thread. */
public final class DaySecrets {
  private final Journal journal;
  private final SecureRandom random;
  private final long maturityMs;
  private final NavigableMap<LocalDate, DaySecret> secrets = new TreeMap<>();

  private DaySecrets(Journal journal, SecureRandom random, long maturityMs) {
    this.journal = journal;
    this.random = random;
    this.maturityMs = maturityMs;
  }

  /** Reads those that are sealed in the log and not opened yet. */
  public static DaySecrets load(
      RowStore store, Journal journal, SecureRandom random, long maturityMs) throws IOException {
    DaySecrets read = new DaySecrets(journal, random, maturityMs);
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(DaySecret.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      DaySecret secret = DaySecret.parse(row.getKey(), row.getValue());
      read.secrets.put(secret.date(), secret);
    }
    return read;
  }

  /**
   * What decides about lines logged in this group; nothing on a day whose secret was not sealed in
   * the log before the day began.
   */
  public Optional<Bytes> today(Group group) {
    return Optional.ofNullable(secrets.get(journal.day(group))).map(DaySecret::secret);
  }

  /**
   * Seals the secret of tomorrow, once; opens those of days whose last line has matured. To be
   * called on every day.
   */
  public void turn(Group group) {
    LocalDate tomorrow = journal.day(group).plusDays(1);
    if (!secrets.containsKey(tomorrow)) {
      byte[] octets = new byte[CheckSecret.SECRET_OCTETS];
      random.nextBytes(octets);
      DaySecret secret = new DaySecret(tomorrow, Bytes.of(octets), false);
      journal.log(group, CheckSecret.hidden(tomorrow, secret.secret()).entry());
      group.touch(secret);
      secrets.put(tomorrow, secret);
    }
    for (DaySecret secret : List.copyOf(secrets.values())) {
      if (isMature(secret.date(), group)) {
        secrets.remove(secret.date());
        journal.log(group, CheckSecret.open(secret.date(), secret.secret()).entry());
        group.touch(secret.open());
      }
    }
  }

  private boolean isMature(LocalDate date, Group group) {
    long endMs = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return endMs + maturityMs <= group.nowMs();
  }
}
