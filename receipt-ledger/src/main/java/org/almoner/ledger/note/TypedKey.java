package org.almoner.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/**
 * A public key with its name and what it signs, written {@code <name>+<key id, 8 hex
 * digits>+<base64(type || key)>}.
 *
 * @param name not empty, without space or plus
 * @param type what its signatures are over
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record TypedKey(String name, Type type, PublicKey key) {
  /** What a key's signatures are over. */
  public enum Type {
    /** The text of a note. */
    NOTE(0x01, "verifier key", "Ed25519"),
    /** The text of a checkpoint, with a moment. */
    COSIGNATURE(0x04, "witness's key", "Ed25519 cosignature");

    private final byte octet;
    private final String whose;
    private final String title;

    Type(int octet, String whose, String title) {
      this.octet = (byte) octet;
      this.whose = whose;
      this.title = title;
    }
  }

  /** Refuses a bad name. */
  public TypedKey {
    KeyName.checked(name);
  }

  /**
   * Reads a key of one type.
   *
   * @throws MalformedNote saying which part is wrong
   */
  public static TypedKey parse(String text, Type type) throws MalformedNote {
    // Base64 may contain a plus; names and key ids never do.
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new MalformedNote("a " + type.whose + " is <name>+<key id>+<base64>: " + text);
    }
    try {
      byte[] typed = CanonicalBase64.decode(parts[2]).toArray();
      if (typed.length != 1 + PublicKey.SIZE || typed[0] != type.octet) {
        throw new MalformedNote(
            String.format(
                "the %s is not of type 0x%02x, %s, with 32 octets: %s",
                type.whose, type.octet, type.title, text));
      }
      TypedKey key =
          new TypedKey(parts[0], type, PublicKey.of(Arrays.copyOfRange(typed, 1, typed.length)));
      String expected = HexFormat.of().toHexDigits(key.keyId());
      if (!expected.equals(parts[1])) {
        throw new MalformedNote("the key id should be " + expected + ", not " + parts[1]);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new MalformedNote(type.whose + ": " + e.getMessage());
    }
  }

  /** The text that {@link #parse} reads. */
  public String format() {
    return name
        + "+"
        + HexFormat.of().toHexDigits(keyId())
        + "+"
        + CanonicalBase64.encode(Bytes.of(typed()));
  }

  /** First four octets of SHA-256 over name, newline, type and key, as a big-endian number. */
  public int keyId() {
    byte[] digest = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed()).toArray();
    return ByteBuffer.wrap(digest).getInt();
  }

  private byte[] typed() {
    return ByteBuffer.allocate(1 + PublicKey.SIZE).put(type.octet).put(key.toArray()).array();
  }
}
