package org.almoner.coordinator.opening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The octets of the key file: a head and one piece for each key, each {@value #PIECE} octets.
 *
 * <pre>
 *   head  "almoner opening keys v1\n" (24), ring (16), keys that follow (8), next number (8), check (8)
 *   key   number (8), name (16), AES-256 key (32), check (8)
 * </pre>
 *
 * <p>Numbers are big-endian. The keys that the head counts were written with it; those behind them
 * were appended and have the next numbers in order, so that the number of a piece that cannot be
 * read is known. A check is the beginning of the SHA-256 of the ring and of its piece up to it.
 *
 * @param ring 16 random octets that the store knows too
 * @param next number that the next key will have
 * @param keys in order of their numbers
 * @param torn whether pieces were left out that no commit can have used
 */
record KeyFile(Bytes ring, long next, List<Key> keys, boolean torn) {
  /** Octets in each piece. */
  static final int PIECE = 64;

  /** Octets in a ring's name. */
  static final int RING_SIZE = 16;

  private static final byte[] MAGIC =
      "almoner opening keys v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECK = 8;

  /** A key with its number and name; the secret is 32 octets. */
  record Key(long number, KeyId id, Bytes secret) {
    /** Octets of a secret: AES-256. */
    static final int SECRET_SIZE = 32;

    @Override
    public String toString() {
      return "key " + id;
    }
  }

  KeyFile {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a file beside its store. From the first appended piece on that is not whole, as a power
   * cut leaves them, all is left out when its number shows that no commit has used it.
   *
   * @param used how many keys were ever drawn, as the store knows
   * @throws IOException saying what the file is, when it is not as it was written
   */
  static KeyFile parse(Bytes octets, long used) throws IOException {
    return parse(octets, (number, cut) -> number >= used);
  }

  /**
   * Reads a file without knowing which keys were used: every piece must be whole, but for the end
   * of one that is just being appended.
   *
   * @throws IOException saying what the file is, when it is not as it was written
   */
  static KeyFile parse(Bytes octets) throws IOException {
    return parse(octets, (number, cut) -> cut);
  }

  /** Whether the piece of that number, and all behind it, may be left out. */
  private interface Torn {
    /**
     * Says so.
     *
     * @param cut whether the file ends before the piece does
     */
    boolean permits(long number, boolean cut);
  }

  private static KeyFile parse(Bytes octets, Torn torn) throws IOException {
    byte[] all = octets.toArray();
    if (all.length < PIECE || !Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("is not a file of opening keys");
    }
    ByteBuffer head = ByteBuffer.wrap(all, MAGIC.length, PIECE - MAGIC.length);
    Bytes ring = take(head, RING_SIZE);
    long counted = head.getLong();
    long base = head.getLong();
    if (!isWhole(ring, all, 0)) {
      throw new IOException("is damaged in its first " + PIECE + " octets");
    }
    List<Key> keys = new ArrayList<>();
    long next = 0;
    for (int at = PIECE; at < all.length; at += PIECE) {
      boolean appended = keys.size() >= counted;
      next = appended ? Math.max(next, base) : next;
      boolean cut = all.length - at < PIECE;
      if (cut || !isWhole(ring, all, at)) {
        if (appended && torn.permits(next, cut)) {
          return new KeyFile(ring, next, keys, true);
        }
        throw new IOException("is damaged at octet " + at);
      }
      Key key = key(all, at);
      if (appended ? key.number() != next : key.number() < next || key.number() >= base) {
        throw new IOException("is damaged at octet " + at);
      }
      keys.add(key);
      next = key.number() + 1;
    }
    if (keys.size() < counted) {
      throw new IOException("is cut short at octet " + all.length);
    }
    return new KeyFile(ring, Math.max(next, base), keys, false);
  }

  /** Whether it holds every key of another. */
  boolean holdsAllOf(KeyFile other) {
    return keys.containsAll(other.keys());
  }

  /** A whole file. */
  Bytes format() {
    ByteBuffer out = ByteBuffer.allocate(PIECE * (1 + keys.size()));
    out.put(MAGIC).put(ring.toArray()).putLong(keys.size()).putLong(next);
    out.put(check(ring, out.array(), 0).toArray());
    keys.forEach(key -> out.put(piece(ring, key)));
    return Bytes.of(out.array());
  }

  /** What is appended for {@code keys}. */
  static Bytes pieces(Bytes ring, Collection<Key> keys) {
    ByteBuffer out = ByteBuffer.allocate(PIECE * keys.size());
    keys.forEach(key -> out.put(piece(ring, key)));
    return Bytes.of(out.array());
  }

  private static byte[] piece(Bytes ring, Key key) {
    ByteBuffer out = ByteBuffer.allocate(PIECE);
    out.putLong(key.number()).put(key.id().octets().toArray()).put(key.secret().toArray());
    out.put(check(ring, out.array(), 0).toArray());
    return out.array();
  }

  private static Key key(byte[] all, int at) {
    ByteBuffer in = ByteBuffer.wrap(all, at, PIECE);
    long number = in.getLong();
    return new Key(number, new KeyId(take(in, KeyId.SIZE)), take(in, Key.SECRET_SIZE));
  }

  private static boolean isWhole(Bytes ring, byte[] all, int at) {
    Bytes stated = Bytes.of(Arrays.copyOfRange(all, at + PIECE - CHECK, at + PIECE));
    return stated.equals(check(ring, all, at));
  }

  /** The check of the piece at {@code at}. */
  private static Bytes check(Bytes ring, byte[] octets, int at) {
    byte[] part = Arrays.copyOfRange(octets, at, at + PIECE - CHECK);
    return Bytes.of(Arrays.copyOf(Hash.sha256(ring.toArray(), part).toArray(), CHECK));
  }

  private static Bytes take(ByteBuffer in, int size) {
    byte[] taken = new byte[size];
    in.get(taken);
    return Bytes.of(taken);
  }
}
