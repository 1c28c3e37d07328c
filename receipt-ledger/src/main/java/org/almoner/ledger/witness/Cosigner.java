package org.almoner.ledger.witness;

import java.nio.ByteBuffer;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;

/** Signs checkpoints as a witness does: with a moment. */
public final class Cosigner {
  private final CosignerKey verifier;
  private final SigningKey key;

  /** Takes the name that stands before each signature. */
  public Cosigner(String name, SigningKey key) {
    this.verifier = new CosignerKey(name, key.publicKey());
    this.key = key;
  }

  /** The public half. */
  public CosignerKey verifier() {
    return verifier;
  }

  /**
   * Signs the text of a checkpoint.
   *
   * @param seconds since 1970, more than 0
   */
  public NoteSignature sign(String text, long seconds) {
    if (seconds <= 0) {
      throw new IllegalArgumentException("a cosignature's time is more than 0, got " + seconds);
    }
    byte[] octets =
        ByteBuffer.allocate(CosignerKey.SIGNATURE_OCTETS)
            .putLong(seconds)
            .put(key.sign(CosignerKey.message(seconds, text)).octets().toArray())
            .array();
    return new NoteSignature(verifier.name(), verifier.keyId(), Bytes.of(octets));
  }
}
