package org.almoner.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner("log.example/2026", SigningKey.of(new byte[SigningKey.SEED_SIZE]));

  @Test
  void aCheckpointIsThreeLines() throws MalformedCheckpoint {
    Checkpoint checkpoint = new Checkpoint("log.example/2026", 0, TreeHash.EMPTY_ROOT);
    assertThat(checkpoint.noteText()).isEqualTo("log.example/2026\n0\n" + ROOT + "\n");
    assertThat(Checkpoint.parse(checkpoint.noteText())).isEqualTo(checkpoint);
  }

  @Test
  void aCheckpointFromElsewhereIsRead() throws Exception {
    Path vectors = Path.of("src/test/resources/vectors/signed-note");
    VerifierKey key =
        VerifierKey.parse(Files.readString(vectors.resolve("sum.golang.org.vkey")).strip());
    String note = Files.readString(vectors.resolve("sum.golang.org-19777102.note"));
    SignedCheckpoint signed = SignedCheckpoint.open(note, "go.sum database tree", List.of(key));
    assertThat(signed.checkpoint().size()).isEqualTo(19_777_102);
    assertThat(signed.format()).isEqualTo(note);
    assertThatThrownBy(() -> SignedCheckpoint.open(note, "another log", List.of(key)))
        .isInstanceOf(NoteRejected.class)
        .hasMessage("the checkpoint is of log go.sum database tree, not of another log");
  }

  @Test
  void extensionLinesAreIgnoredButKept() throws Exception {
    String text = "log.example/2026\n0\n" + ROOT + "\nextension\n";
    String note = SignedNote.sign(text, List.of(SIGNER)).format();
    SignedCheckpoint signed =
        SignedCheckpoint.open(note, "log.example/2026", List.of(SIGNER.verifier()));
    assertThat(signed.checkpoint().size()).isZero();
    assertThat(signed.format()).isEqualTo(note);
  }

  @Test
  void theWrongLineIsNamed() {
    malformed("o\n7\n" + ROOT, "the checkpoint does not end with a newline");
    malformed("o\n7\n", "a checkpoint has three lines, origin, size and root; this has 2");
    malformed("\n7\n" + ROOT + "\n", "line 1 is empty");
    malformed("o\n7\n" + ROOT + "\n\n", "line 4 is empty");
    malformed("o\n07\n" + ROOT + "\n", "line 2, size, is not a plain decimal: 07");
    malformed("o\n+7\n" + ROOT + "\n", "line 2, size, is not a plain decimal: +7");
    malformed("o\n-7\n" + ROOT + "\n", "line 2, size, is not a plain decimal: -7");
    malformed("o\n\u0667\n" + ROOT + "\n", "line 2, size, is not a plain decimal: \u0667");
    malformed(
        "o\n9223372036854775808\n" + ROOT + "\n",
        "line 2, size, exceeds 2^63 - 1: 9223372036854775808");
    malformed("o\n7\nx\n", "line 3, root: not standard base64: x");
    malformed("o\n7\nAAAA\n", "line 3, root: a SHA-256 digest has 32 octets; these are 3");
    malformed(
        "o\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "the root of the empty tree is not " + Hash.ZERO);
  }

  private static void malformed(String text, String message) {
    assertThatThrownBy(() -> Checkpoint.parse(text))
        .isInstanceOf(MalformedCheckpoint.class)
        .hasMessage(message);
  }
}
