package org.almoner.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;

/**
 * An Ed25519 key with its name, written {@code <name>+<key id, 8 hex digits>+<base64(0x01 ||
 * key)>}.
 *
 * @param name not empty, without space or plus; a log's key carries the log's origin
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record VerifierKey(String name, PublicKey key) implements NoteVerifier {
  private static final byte ED25519 = 0x01;

  /** Refuses a bad name. */
  public VerifierKey {
    KeyName.checked(name);
  }

  /**
   * Reads a key.
   *
   * @throws MalformedNote saying which part is wrong
   */
  public static VerifierKey parse(String text) throws MalformedNote {
    // Base64 may contain a plus; names and key ids never do.
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new MalformedNote("a verifier key is <name>+<key id>+<base64>: " + text);
    }
    try {
      byte[] typed = CanonicalBase64.decode(parts[2]).toArray();
      if (typed.length != 1 + PublicKey.SIZE || typed[0] != ED25519) {
        throw new MalformedNote(
            "the verifier key is not of type 0x01, Ed25519, with 32 octets: " + text);
      }
      VerifierKey key =
          new VerifierKey(parts[0], PublicKey.of(Arrays.copyOfRange(typed, 1, typed.length)));
      String expected = HexFormat.of().toHexDigits(key.keyId());
      if (!expected.equals(parts[1])) {
        throw new MalformedNote("the key id should be " + expected + ", not " + parts[1]);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new MalformedNote("verifier key: " + e.getMessage());
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

  @Override
  public int keyId() {
    byte[] digest = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed()).toArray();
    return ByteBuffer.wrap(digest).getInt();
  }

  @Override
  public boolean verifies(String text, Bytes signature) {
    return signature.size() == Signature.SIZE
        && key.verifies(text.getBytes(StandardCharsets.UTF_8), new Signature(signature));
  }

  private byte[] typed() {
    return ByteBuffer.allocate(1 + PublicKey.SIZE).put(ED25519).put(key.toArray()).array();
  }
}
