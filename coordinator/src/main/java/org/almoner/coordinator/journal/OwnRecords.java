package org.almoner.coordinator.journal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.almoner.coordinator.writer.Job;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Logs records that the coordinator's own house makes: statements and sealed documents. */
public final class OwnRecords {
  private final String origin;
  private final Journal journal;
  private final SecureRandom random;

  /** Logs for the coordinator of that origin. */
  public OwnRecords(String origin, Journal journal, SecureRandom random) {
    this.origin = origin;
    this.journal = journal;
    this.random = random;
  }

  /** A job that logs the record, or says where it was logged before. */
  public Job<Logged> log(Kind kind, Bytes content) {
    Hash digest = Hash.sha256(content.toArray());
    Commitments made = Commitments.draw(kind, origin, content, 1, random);
    return group -> {
      Optional<OwnRecord> before =
          group.find(
              OwnRecord.key(kind, digest),
              OwnRecord.class,
              row -> OwnRecord.parse(kind, digest, row));
      if (before.isPresent()) {
        long leaf = before.get().leaf();
        JournalRecord record =
            journal
                .find(group, before.get().page())
                .flatMap(page -> page.recordOf(leaf))
                .orElseThrow(() -> new IOException("the journal has no record of leaf " + leaf));
        return new Logged(leaf, record.salts(), before.get().page());
      }
      Logged logged = journal.log(group, made, content);
      group.touch(new OwnRecord(kind, digest, logged.leaf(), logged.page()));
      return logged;
    };
  }
}
