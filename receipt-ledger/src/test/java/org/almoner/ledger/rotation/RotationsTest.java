package org.almoner.ledger.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class RotationsTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Bytes NO_RIDER = Bytes.of(new byte[0]);

  private static Ed25519NoteSigner signer(int octet) {
    return new Ed25519NoteSigner(
        ORIGIN, SigningKey.of(Hash.sha256(new byte[] {(byte) octet}).toArray()));
  }

  private static VerifierKey key(int octet) {
    return signer(octet).verifier();
  }

  /** A log whose keys 1, 2 and 3 followed each other. */
  private static Rotations chain() throws Exception {
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(signer(1)), log, log);
    Rotations rotations = Rotations.NONE;
    for (int old = 1; old < 3; old++) {
      rotations = rotations.with(proven(log, old, old + 1, List.of(signer(old), signer(old + 1))));
    }
    return rotations;
  }

  private static ProvenRotation proven(
      MemoryLog log, int from, int to, List<Ed25519NoteSigner> signers) throws Exception {
    Sequencer sequencer = Sequencer.open(ORIGIN, signers, log, log);
    KeyRotation rotation = new KeyRotation(key(from), key(to));
    long leaf = sequencer.commit(List.of(rotation.entry().octets()), NO_RIDER).firstIndex();
    long size = sequencer.checkpoint().checkpoint().size();
    return new ProvenRotation(
        rotation,
        TlogProof.of(leaf, new LogReader(log).inclusion(leaf, size), sequencer.checkpoint()));
  }

  @Test
  void whoeverKnowsAnyKeyComesToTheNewest() throws Exception {
    Rotations chain = chain();
    assertThat(chain.follow(List.of(key(1))).keySet()).containsExactly(key(2), key(3));
    assertThat(chain.follow(List.of(key(2))).keySet()).containsExactly(key(3));
    assertThat(chain.follow(List.of(key(3)))).isEmpty();
    assertThat(chain.follow(List.of(key(9)))).isEmpty();
    assertThat(chain.follow(List.of(key(1))).values())
        .extracting(checkpoint -> checkpoint.checkpoint().size())
        .containsExactly(1L, 2L);
  }

  @Test
  void onlyTheNewestKeyBelievedLeadsOn() throws Exception {
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(signer(1)), log, log);
    Rotations thiefs = chain().with(proven(log, 1, 9, List.of(signer(1), signer(9))));
    assertThat(thiefs.follow(List.of(key(1), key(2))).keySet()).containsExactly(key(3));
    assertThat(thiefs.follow(List.of(key(1), key(2), key(3)))).isEmpty();
  }

  @Test
  void aRotationThatTheNewKeyDidNotSignIsNotProved() throws Exception {
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(signer(1)), log, log);
    Rotations alone = Rotations.NONE.with(proven(log, 1, 2, List.of(signer(1))));
    assertThatThrownBy(() -> alone.follow(List.of(key(1))))
        .isInstanceOf(RotationRejected.class)
        .hasMessageContaining("is not signed by the new key");
  }

  @Test
  void aRotationThatTheOldKeyDidNotSignLeadsNowhere() throws Exception {
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(signer(8)), log, log);
    Rotations thiefs = Rotations.NONE.with(proven(log, 1, 8, List.of(signer(8))));
    assertThatThrownBy(() -> thiefs.follow(List.of(key(1))))
        .isInstanceOf(RotationRejected.class)
        .hasMessageContaining("none of the keys trusted here signed");
  }

  @Test
  void aProofOfAnotherEntryLeadsNowhere() throws Exception {
    ProvenRotation honest = chain().all().get(0);
    KeyRotation another = new KeyRotation(key(1), key(9));
    Rotations swapped = Rotations.NONE.with(new ProvenRotation(another, honest.proof()));
    assertThatThrownBy(() -> swapped.follow(List.of(key(1))))
        .isInstanceOf(RotationRejected.class)
        .hasMessageContaining("is not proved");
  }

  @Test
  void theDocumentIsReadAsItIsWritten() throws Exception {
    Rotations chain = chain();
    assertThat(Rotations.parse(chain.format())).isEqualTo(chain);
    assertThat(Rotations.parse(Rotations.NONE.format())).isEqualTo(Rotations.NONE);
    assertThat(Rotations.NONE.format()).isEqualTo(Bytes.utf8("{\"rotations\":[]}"));
  }

  @Test
  void anyChangedOctetIsRefusedOrProvesNothingNew() throws Exception {
    byte[] document = chain().format().toArray();
    Random random = new Random(20261120);
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = document.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(Rotations.parse(Bytes.of(changed)).follow(List.of(key(1))).keySet())
            .as(new String(changed, StandardCharsets.UTF_8))
            .isSubsetOf(key(2), key(3));
      } catch (MalformedJson | RotationRejected e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
