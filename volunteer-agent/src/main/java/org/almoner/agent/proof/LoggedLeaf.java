package org.almoner.agent.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/** Computes under which leaf hashes a record of this agent must stand in the log. */
final class LoggedLeaf {
  private static final byte VERSION = 1;
  private static final byte[] LABEL = "almoner/commit/v1\n".getBytes(StandardCharsets.US_ASCII);

  private final byte kind;
  private final byte[] origin;
  private final Hash record;

  private LoggedLeaf(byte kind, byte[] origin, Hash record) {
    this.kind = kind;
    this.origin = origin;
    this.record = record;
  }

  static LoggedLeaf of(String origin, Envelope record) {
    byte kind =
        switch (record.kind()) {
          case ENROLMENT -> 1;
          case USAGE_REPORT -> 2;
          case LINK -> 15;
          default -> throw new IllegalArgumentException(record.kind() + " is never logged");
        };
    return new LoggedLeaf(
        kind, origin.getBytes(StandardCharsets.UTF_8), Hash.sha256(record.record().toArray()));
  }

  Hash hash(Hash salt, int part) {
    ByteBuffer opening =
        ByteBuffer.allocate(LABEL.length + 1 + 2 + origin.length + Hash.SIZE + 2 + Hash.SIZE);
    opening.put(LABEL).put(kind).putShort((short) origin.length).put(origin);
    opening.put(salt.toArray()).putShort((short) part).put(record.toArray());
    Hash commitment = Hash.sha256(opening.array());
    return TreeHash.leaf(
        Bytes.of(
            ByteBuffer.allocate(2 + Hash.SIZE)
                .put(VERSION)
                .put(kind)
                .put(commitment.toArray())
                .array()));
  }
}
