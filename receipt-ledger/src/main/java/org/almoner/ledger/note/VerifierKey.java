package org.almoner.ledger.note;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.bytes.Bytes;
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
    TypedKey typed = TypedKey.parse(text, TypedKey.Type.NOTE);
    return new VerifierKey(typed.name(), typed.key());
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
    return signature.size() == Signature.SIZE
        && key.verifies(text.getBytes(StandardCharsets.UTF_8), new Signature(signature));
  }

  private TypedKey typed() {
    return new TypedKey(name, TypedKey.Type.NOTE, key);
  }
}
