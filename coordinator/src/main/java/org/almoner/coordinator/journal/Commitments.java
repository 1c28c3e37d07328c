package org.almoner.coordinator.journal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Commitments to the parts of one record, made before it is known whether they will be logged.
 *
 * @param kind what the record is
 * @param salts one for each part
 * @param entries leaves of the log, one for each part
 */
public record Commitments(Kind kind, List<Hash> salts, List<Bytes> entries) {
  /** Copies the lists. */
  public Commitments {
    salts = List.copyOf(salts);
    entries = List.copyOf(entries);
  }

  /** Draws a salt for each part and commits to it. */
  public static Commitments draw(
      Kind kind, String origin, Bytes record, int parts, SecureRandom random) {
    Hash digest = Hash.sha256(record::feed);
    List<Hash> salts = new ArrayList<>(parts);
    List<Bytes> entries = new ArrayList<>(parts);
    byte[] drawn = new byte[Hash.SIZE * parts];
    random.nextBytes(drawn);
    for (int part = 0; part < parts; part++) {
      Hash salt = Hash.of(Arrays.copyOfRange(drawn, Hash.SIZE * part, Hash.SIZE * (part + 1)));
      salts.add(salt);
      entries.add(Commitment.of(kind, origin, salt, part, digest).entry().octets());
    }
    return new Commitments(kind, salts, entries);
  }
}
