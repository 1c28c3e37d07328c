package org.almoner.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.writer.Group;
import org.almoner.coordinator.writer.Job;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/**
 * Logs records that the coordinator's own house makes: statements and sealed documents, and which
 * of them were withdrawn.
 */
public final class OwnRecords {
  private final String origin;
  private final Journal journal;
  private final DocumentsKeys keys;
  private final SecureRandom random;

  /** Under which key a donor's documents are sealed. */
  @FunctionalInterface
  public interface DocumentsKeys {
    /**
     * The donor's key, drawn when it is the first time.
     *
     * @throws org.almoner.coordinator.desk.Refusal when there is no such donor any more
     */
    KeyId of(Group group, DonorId donor) throws IOException;
  }

  /** Logs for the coordinator of that origin. */
  public OwnRecords(String origin, Journal journal, DocumentsKeys keys, SecureRandom random) {
    this.origin = origin;
    this.journal = journal;
    this.keys = keys;
    this.random = random;
  }

  /** A job that logs a record of the donor's, or says where it was logged before. */
  public Job<Logged> log(DonorId donor, Kind kind, Bytes content) {
    Hash digest = Hash.sha256(content.toArray());
    Commitments made = Commitments.draw(kind, origin, content, 1, random);
    return group -> {
      Optional<OwnRecord> before =
          group.find(
              OwnRecord.key(kind, digest),
              OwnRecord.class,
              row -> OwnRecord.parse(kind, digest, row));
      KeyId key = keys.of(group, donor);
      if (before.isPresent()) {
        return journal.again(group, before.get().leaf(), before.get().page(), "donor " + donor);
      }
      Logged logged = journal.log(group, made, content, key);
      group.touch(new OwnRecord(kind, digest, logged.leaf(), logged.page()));
      return logged;
    };
  }

  /**
   * A job that logs a public entry, or says where one of that kind about the same was logged
   * before, whatever it said.
   */
  public Job<Long> log(Entry entry, long about) {
    Hash digest = Hash.sha256(ByteBuffer.allocate(Long.BYTES).putLong(about).array());
    Kind kind = entry.kind();
    return group -> {
      Optional<OwnRecord> before =
          group.find(
              OwnRecord.key(kind, digest),
              OwnRecord.class,
              row -> OwnRecord.parse(kind, digest, row));
      if (before.isPresent()) {
        return before.get().leaf();
      }
      long leaf = journal.log(group, entry);
      group.touch(new OwnRecord(kind, digest, leaf, 0));
      return leaf;
    };
  }
}
