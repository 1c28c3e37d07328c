package org.almoner.ledger.golden;

import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.protocol.identity.SigningKey;

/**
 * The keys under every golden file, their seeds 32 times one octet, and checkpoints of its tree.
 */
final class GoldenKeys {
  static final String ORIGIN = "log.example.org/golden";

  /** When every cosignature was made: 2026-11-20, 00:00 UTC. */
  static final long SECONDS = 1_795_132_800L;

  static final Ed25519NoteSigner LOG = new Ed25519NoteSigner(ORIGIN, key(0x01));
  static final Ed25519NoteSigner SECOND_LOG = new Ed25519NoteSigner(ORIGIN, key(0x02));
  static final Ed25519NoteSigner THIRD_LOG = new Ed25519NoteSigner(ORIGIN, key(0x03));
  static final Ed25519NoteSigner STRANGER =
      new Ed25519NoteSigner("stranger.example.org", key(0x0f));
  static final Cosigner WITNESS = new Cosigner("witness.example.org/one", key(0x11));
  static final Cosigner SECOND_WITNESS = new Cosigner("witness.example.org/two", key(0x12));

  /** Whom a reader of the golden files trusts as the log. */
  static final List<NoteVerifier> LOG_KEYS = List.of(LOG.verifier(), SECOND_LOG.verifier());

  private GoldenKeys() {}

  static SigningKey key(int octet) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    Arrays.fill(seed, (byte) octet);
    return SigningKey.of(seed);
  }

  static Checkpoint checkpoint(int size) {
    return new Checkpoint(ORIGIN, size, NaiveTree.root(NaiveTree.entries(size)));
  }
}
