package org.almoner.coordinator;

import java.io.IOException;
import java.util.Optional;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Policy;
import org.almoner.protocol.bytes.Bytes;

/** Logs the settings that decide what counts, whenever they have changed. */
final class Policies {
  private static final String KEY = "meta/policy";

  private final Journal journal;

  Policies(Journal journal) {
    this.journal = journal;
  }

  /** Returns whether they had. */
  boolean logWhenChanged(Group group, Policy policy) throws IOException {
    Bytes now = policy.entry().octets();
    Optional<Bytes> before = group.octets(KEY);
    if (before.isPresent() && before.get().equals(now)) {
      return false;
    }
    journal.log(group, policy.entry());
    group.touch(
        new Row() {
          @Override
          public String key() {
            return KEY;
          }

          @Override
          public Bytes image() {
            return now;
          }
        });
    return true;
  }
}
