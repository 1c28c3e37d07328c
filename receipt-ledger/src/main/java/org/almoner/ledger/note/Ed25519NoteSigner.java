package org.almoner.ledger.note;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.identity.SigningKey;

/** Signs notes with a named Ed25519 key. */
public final class Ed25519NoteSigner implements NoteSigner {
  private final SigningKey key;
  private final VerifierKey verifier;
  private final int keyId;

  /** Takes the name that stands before each signature; a log's key carries the log's origin. */
  public Ed25519NoteSigner(String name, SigningKey key) {
    this.key = key;
    this.verifier = new VerifierKey(name, key.publicKey());
    this.keyId = verifier.keyId();
  }

  @Override
  public VerifierKey verifier() {
    return verifier;
  }

  @Override
  public NoteSignature sign(String text) {
    return new NoteSignature(
        verifier.name(), keyId, key.sign(text.getBytes(StandardCharsets.UTF_8)).octets());
  }
}
