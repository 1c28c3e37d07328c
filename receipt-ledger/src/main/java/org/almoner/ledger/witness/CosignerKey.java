package org.almoner.ledger.witness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.TypedKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;

/**
 * A witness's Ed25519 key with its name, written {@code <name>+<key id>+<base64(0x04 || key)>}.
 *
 * <p>Its signature is eight octets of time, seconds since 1970 big-endian, and 64 octets over
 * {@code cosignature/v1}, {@code time <seconds>} and the text of the checkpoint, each with its
 * newline.
 *
 * @param name not empty, without space or plus
 * @see <a href="https://c2sp.org/tlog-cosignature">c2sp.org/tlog-cosignature</a>
 */
public record CosignerKey(String name, PublicKey key) implements NoteVerifier {
  private static final int TIME_OCTETS = 8;

  /** Octets of a cosignature without the key id. */
  static final int SIGNATURE_OCTETS = TIME_OCTETS + Signature.SIZE;

  /** Refuses a bad name. */
  public CosignerKey {
    // the same rule as for every name of a key
    var unused = new TypedKey(name, TypedKey.Type.COSIGNATURE, key);
  }

  /**
   * Reads a key.
   *
   * @throws MalformedNote saying which part is wrong
   */
  public static CosignerKey parse(String text) throws MalformedNote {
    TypedKey typed = TypedKey.parse(text, TypedKey.Type.COSIGNATURE);
    return new CosignerKey(typed.name(), typed.key());
  }

  /** The text that {@link #parse} reads. */
  public String format() {
    return typed().format();
  }

  @Override
  public int keyId() {
    return typed().keyId();
  }

  @Override
  public boolean verifies(String text, Bytes signature) {
    if (signature.size() != SIGNATURE_OCTETS) {
      return false;
    }
    byte[] octets = signature.toArray();
    long seconds = ByteBuffer.wrap(octets).getLong();
    Bytes ed25519 = Bytes.of(Arrays.copyOfRange(octets, TIME_OCTETS, octets.length));
    return seconds > 0 && key.verifies(message(seconds, text), new Signature(ed25519));
  }

  /**
   * When a cosignature was made, seconds since 1970.
   *
   * @throws IllegalArgumentException when it has another length than a cosignature
   */
  public static long seconds(Bytes signature) {
    if (signature.size() != SIGNATURE_OCTETS) {
      throw new IllegalArgumentException(
          "a cosignature has " + SIGNATURE_OCTETS + " octets; this has " + signature.size());
    }
    return ByteBuffer.wrap(signature.toArray()).getLong();
  }

  /** What is signed. */
  static byte[] message(long seconds, String text) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  private TypedKey typed() {
    return new TypedKey(name, TypedKey.Type.COSIGNATURE, key);
  }
}
