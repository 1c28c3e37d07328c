package org.almoner.protocol.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/**
 * Shows that whoever made a usage line had the octets of its output bundle, not its digest alone:
 * SHA-256 over a head of fixed length, which names lease and agent, and then those octets.
 *
 * <p>The head comes first and has one length, so no two inputs share an encoding, and a state kept
 * half-way is of use to no other lease and no other agent. Specified in docs/spec/usage-report.md.
 */
public final class Held {
  private static final byte[] DOMAIN = "almoner/held/v1\n".getBytes(StandardCharsets.US_ASCII);

  /** Octets before the bundle: domain, batch, unit, replica, agent. */
  private static final int HEAD_SIZE =
      DOMAIN.length + BatchId.SIZE + Long.BYTES + Short.BYTES + Hash.SIZE;

  private final MessageDigest digest;

  private Held(MessageDigest digest) {
    this.digest = digest;
  }

  /** Starts on the line of that lease, by that agent; the bundle is fed piece by piece. */
  public static Held begin(LeaseId lease, AgentId agent) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_SIZE);
    head.put(DOMAIN).put(lease.batch().octets().toArray());
    head.putLong(lease.unit()).putShort((short) lease.replica()).put(agent.digest().toArray());
    MessageDigest digest = Hash.newDigest();
    digest.update(head.flip());
    return new Held(digest);
  }

  /** The value for a bundle at hand. */
  public static Hash of(LeaseId lease, AgentId agent, Bytes bundle) {
    Held held = begin(lease, agent);
    held.add(bundle.toArray(), 0, bundle.size());
    return held.finish();
  }

  /** The value for a bundle that is read to its end, however large. */
  public static Hash of(LeaseId lease, AgentId agent, InputStream bundle) throws IOException {
    Held held = begin(lease, agent);
    try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), held.digest)) {
      bundle.transferTo(sink);
    }
    return held.finish();
  }

  /** Feeds {@code length} octets from {@code offset} on. */
  public void add(byte[] octets, int offset, int length) {
    digest.update(octets, offset, length);
  }

  /** The value, once all octets were fed; to be called once. */
  public Hash finish() {
    return Hash.of(digest.digest());
  }
}
