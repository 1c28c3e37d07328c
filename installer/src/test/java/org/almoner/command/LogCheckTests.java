package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.FormerLog;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log says of the one it follows, held against the charity's trust file. */
class LogCheckTests {
  private static final Ed25519NoteSigner CLOSED =
      new Ed25519NoteSigner("log.example/2025", SigningKey.of(new byte[32]));
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner("log.example/2026", SigningKey.of(Hash.sha256().toArray()));

  @TempDir Path temp;

  private static SignedCheckpoint end(long size) {
    return SignedCheckpoint.sign(
        new Checkpoint(CLOSED.verifier().name(), size, Hash.ZERO), List.of(CLOSED));
  }

  /** A log whose only entry says that it follows one that ended with 7 entries. */
  private void following() throws Exception {
    Path own = Files.createDirectories(temp.resolve("own"));
    Path log = Files.createDirectories(temp.resolve("log"));
    try (FileLogStore store = FileLogStore.open(log, own)) {
      FileCheckpointRegister register =
          new FileCheckpointRegister(log.resolve("checkpoint"), own.resolve("register.lock"));
      String origin = SIGNER.verifier().name();
      Sequencer.create(origin, List.of(SIGNER), store, register);
      Succession closed = Succession.of(List.of(CLOSED.verifier()), end(7).note(), "lost");
      Sequencer.open(origin, List.of(SIGNER), store, register)
          .commit(List.of(closed.entry().octets()), Bytes.of(new byte[0]));
    }
  }

  private String trust(long closedAt) throws Exception {
    FormerLog former =
        FormerLog.of(
            BelievedLog.of(List.of(CLOSED.verifier())),
            end(closedAt).format(),
            "lost",
            WitnessPolicy.NOBODY);
    TrustFile trust =
        new TrustFile(
            "Example",
            BelievedLog.of(List.of(SIGNER.verifier())),
            List.of(Hash.ZERO),
            WitnessPolicy.NOBODY,
            List.of(former),
            List.of());
    Path file = temp.resolve("trust-" + closedAt + ".json");
    Files.write(file, trust.format().toArray());
    return file.toString();
  }

  private String check(String trust) {
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int code =
          Main.run(
              "log",
              "check",
              "--log",
              temp.resolve("log").toString(),
              "--trust",
              trust,
              "--state",
              temp.resolve("state").toString());
      return code + "\n" + said.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
    }
  }

  @Test
  void aLogThatNamesAnotherEndThanTheTrustFileIsAFinding() throws Exception {
    following();
    assertThat(check(trust(7)))
        .startsWith("0\n")
        .contains("succeeds log.example/2025 at size 7 (key lost)")
        .contains(" 0 findings");
    assertThat(check(trust(8)))
        .startsWith("1\n")
        .contains("the trust file closes that log at size 8")
        .contains(" 1 findings");
  }
}
