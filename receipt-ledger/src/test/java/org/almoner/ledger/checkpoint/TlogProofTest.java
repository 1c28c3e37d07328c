package org.almoner.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class TlogProofTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final List<Bytes> ENTRIES = NaiveTree.entries(11);
  private static final SignedCheckpoint CHECKPOINT =
      SignedCheckpoint.sign(new Checkpoint(ORIGIN, 11, NaiveTree.root(ENTRIES)), List.of(SIGNER));

  private static TlogProof proof(int index) {
    return TlogProof.of(index, new InclusionProof(NaiveTree.path(index, ENTRIES)), CHECKPOINT);
  }

  @Test
  void aProofFileHoldsEverythingToCheckAnEntryOffline() throws Exception {
    for (int index = 0; index < ENTRIES.size(); index++) {
      String file = proof(index).format();
      TlogProof read = TlogProof.parse(file);
      assertThat(read.format()).isEqualTo(file);
      SignedCheckpoint under =
          read.verify(NaiveTree.leaf(ENTRIES.get(index)), ORIGIN, List.of(SIGNER.verifier()));
      assertThat(under.checkpoint().size()).isEqualTo(11);
    }
  }

  @Test
  void theFileReadsAsTheSpecificationShows() {
    assertThat(proof(10).format().lines())
        .startsWith("c2sp.org/tlog-proof@v1", "index 10")
        .contains("", ORIGIN, "11")
        .hasSize(2 + NaiveTree.path(10, ENTRIES).size() + 1 + 3 + 1 + 1);
  }

  @Test
  void extraOctetsTravelAlong() throws Exception {
    TlogProof plain = proof(3);
    TlogProof extra =
        new TlogProof(Bytes.utf8("opening"), 3, plain.inclusion(), plain.checkpoint());
    assertThat(extra.format()).contains("@v1\nextra b3BlbmluZw==\nindex 3\n");
    assertThat(TlogProof.parse(extra.format())).isEqualTo(extra);
  }

  @Test
  void aProofOfATreeWithOneEntryHasNoHashes() throws Exception {
    List<Bytes> one = ENTRIES.subList(0, 1);
    SignedCheckpoint checkpoint =
        SignedCheckpoint.sign(new Checkpoint(ORIGIN, 1, NaiveTree.root(one)), List.of(SIGNER));
    TlogProof proof = TlogProof.of(0, new InclusionProof(List.of()), checkpoint);
    assertThat(TlogProof.parse(proof.format())).isEqualTo(proof);
  }

  @Test
  void anotherEntryAnotherLogAndAnotherKeyAreRejected() throws Exception {
    TlogProof proof = TlogProof.parse(proof(4).format());
    Hash leaf = NaiveTree.leaf(ENTRIES.get(4));
    assertThatThrownBy(
            () -> proof.verify(NaiveTree.leaf(ENTRIES.get(5)), ORIGIN, List.of(SIGNER.verifier())))
        .isInstanceOf(ProofRejected.class);
    assertThatThrownBy(() -> proof.verify(leaf, "other", List.of(SIGNER.verifier())))
        .isInstanceOf(NoteRejected.class);
    assertThatThrownBy(() -> proof.verify(leaf, ORIGIN, List.of()))
        .isInstanceOf(NoteRejected.class);
  }

  @Test
  void theWrongLineIsNamed() {
    String file = proof(4).format();
    malformed("c2sp.org/tlog-proof@v1\n", "the proof has no blank line before its checkpoint");
    malformed(
        file.replace("@v1", "@v2"), "line 1 is not c2sp.org/tlog-proof@v1: c2sp.org/tlog-proof@v2");
    malformed(file.replace("index 4\n", ""), "line 2 is not the index of the entry");
    malformed(file.replace("index 4", "index 04"), "line 2, index, is not a plain decimal: 04");
    malformed(
        file.replace("index 4", "extra \nindex 4"),
        "line 2, extra, is empty: leave the line out instead");
    malformed(file.replace("index 4", "extra ?\nindex 4"), "line 2, extra: not standard base64: ?");
    malformed(file.replace("index 4", "index 4\nAAAA"), "line 3, hash, has 3 octets instead of 32");
    malformed(
        file.replace("index 4", "index 4" + "\nAAAA".repeat(60)),
        "an inclusion proof has at most 63 hashes; this has 64");
    malformed(
        file.replace("\u2014", "-"),
        "the checkpoint of the proof: a signature line starts with an em dash and a space: "
            + file.replace("\u2014", "-").lines().reduce((a, b) -> b).orElseThrow());
  }

  private static void malformed(String file, String message) {
    assertThatThrownBy(() -> TlogProof.parse(file))
        .isInstanceOf(MalformedCheckpoint.class)
        .hasMessage(message);
  }

  @Test
  void noChangedCharacterGoesUnnoticed() {
    String file = proof(4).format();
    Hash leaf = NaiveTree.leaf(ENTRIES.get(4));
    Random random = new Random(20_26);
    List<String> accepted = new ArrayList<>();
    for (int at = 0; at < file.length(); at++) {
      char replacement = (char) (' ' + random.nextInt(95));
      if (replacement == file.charAt(at)) {
        replacement++;
      }
      String changed = file.substring(0, at) + replacement + file.substring(at + 1);
      try {
        TlogProof.parse(changed).verify(leaf, ORIGIN, List.of(SIGNER.verifier()));
        accepted.add(changed);
      } catch (MalformedCheckpoint | NoteRejected | ProofRejected e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(accepted).isEmpty();
  }
}
