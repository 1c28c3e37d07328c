package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;

/** A log key that fails the test when it is asked to sign a second root for a size. */
final class WatchedSigner implements NoteSigner {
  private final Ed25519NoteSigner signer;
  private final Map<Long, Hash> signed = new HashMap<>();

  WatchedSigner(String origin, int seed) {
    byte[] octets = new byte[SigningKey.SEED_SIZE];
    octets[0] = (byte) seed;
    signer = new Ed25519NoteSigner(origin, SigningKey.of(octets));
  }

  @Override
  public VerifierKey verifier() {
    return signer.verifier();
  }

  @Override
  public NoteSignature sign(String text) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(text);
      Hash before = signed.putIfAbsent(checkpoint.size(), checkpoint.root());
      assertThat(before == null || before.equals(checkpoint.root()))
          .as("a second root for size %d", checkpoint.size())
          .isTrue();
      return signer.sign(text);
    } catch (MalformedCheckpoint e) {
      throw new AssertionError(e);
    }
  }
}
