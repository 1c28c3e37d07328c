package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMirrorTests {
  private static final String ORIGIN = "log.example/mirrored";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32]));

  private static final Ed25519NoteSigner NEXT =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(Hash.sha256(new byte[1]).toArray()));

  @TempDir Path temp;

  /** A log in files, all of whose entries depend on one word. */
  private final class Growing implements AutoCloseable {
    private final Path folder;
    private final FileLogStore store;
    private final FileCheckpointRegister register;
    private Sequencer sequencer;
    private final String word;

    Growing(String word) throws Exception {
      this.word = word;
      this.folder = Files.createDirectories(temp.resolve("log-" + word));
      this.store = FileLogStore.open(folder, Files.createDirectories(temp.resolve("own-" + word)));
      this.register =
          new FileCheckpointRegister(
              folder.resolve("checkpoint"), temp.resolve("own-" + word).resolve("register.lock"));
      Sequencer.create(ORIGIN, List.of(SIGNER), store, register);
      this.sequencer = Sequencer.open(ORIGIN, List.of(SIGNER), store, register);
    }

    void signBoth() throws Exception {
      sequencer = Sequencer.open(ORIGIN, List.of(SIGNER, NEXT), store, register);
    }

    void grow(int entries) throws Exception {
      List<Bytes> more = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        Hash salt = Hash.sha256((word + i).getBytes(StandardCharsets.UTF_8));
        more.add(Commitment.of(Kind.ENROLMENT, ORIGIN, salt, 0, salt).entry().octets());
      }
      sequencer.commit(more, Bytes.of(new byte[0]));
    }

    @Override
    public void close() throws Exception {
      store.close();
    }
  }

  @Test
  void itGrowsWithTheLogAndHoldsAllOfIt() throws Exception {
    try (Growing log = new Growing("a")) {
      log.grow(300);
      assertThat(mirror(log)).isEmpty();
      log.grow(400);
      assertThat(mirror(log)).isEmpty();
      assertThat(mirror(log)).isEmpty();
      SignedCheckpoint held = checkpoint(mirrored());
      assertThat(held.checkpoint().size()).isEqualTo(700);
      assertThat(LogCheck.run(new TileDirectory(mirrored()), held)).isEmpty();
    }
  }

  @Test
  void aRewrittenLogIsRefusedAndItsCheckpointKept() throws Exception {
    try (Growing log = new Growing("a");
        Growing rewritten = new Growing("b")) {
      log.grow(10);
      mirror(log);
      String ours = Files.readString(mirrored().resolve("checkpoint"));
      rewritten.grow(20);
      assertThatThrownBy(() -> mirror(rewritten))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("does not contain what this copy holds");
      assertThat(mirrored().resolve("checkpoint")).hasContent(ours);
      assertThat(mirrored().resolve("checkpoint.contradicts"))
          .hasSameTextualContentAs(rewritten.folder.resolve("checkpoint"));
    }
  }

  @Test
  void aLogThatWasRolledBackIsRefused() throws Exception {
    try (Growing log = new Growing("a")) {
      log.grow(10);
      String early = Files.readString(log.folder.resolve("checkpoint"));
      log.grow(10);
      mirror(log);
      Files.writeString(log.folder.resolve("checkpoint"), early);
      assertThatThrownBy(() -> mirror(log)).hasMessageContaining("it has 10 entries, the copy 20");
    }
  }

  @Test
  void l09WhatCameDamagedIsToldAndAskedForAgain() throws Exception {
    try (Growing log = new Growing("a")) {
      log.grow(10);
      Path bundle = bundle(log.folder);
      byte[] whole = Files.readAllBytes(bundle);
      byte[] damaged = whole.clone();
      damaged[100] ^= 1;
      Files.write(bundle, damaged);
      assertThat(mirror(log)).isNotEmpty();
      assertThat(mirrored().resolve("checkpoint")).doesNotExist();
      Files.write(bundle, whole);
      assertThat(mirror(log)).isEmpty();
    }
  }

  /** Has the log pass from its key to another, and says so below its folder. */
  private static Rotations passing(Growing log) throws Exception {
    log.signBoth();
    KeyRotation rotation = new KeyRotation(SIGNER.verifier(), NEXT.verifier());
    long leaf =
        log.sequencer
            .commit(List.of(rotation.entry().octets()), Bytes.of(new byte[0]))
            .firstIndex();
    SignedCheckpoint under = log.sequencer.checkpoint();
    TlogProof proof =
        TlogProof.of(
            leaf, new LogReader(log.store).inclusion(leaf, under.checkpoint().size()), under);
    Rotations rotations = Rotations.NONE.with(new ProvenRotation(rotation, proof));
    Files.write(log.folder.resolve("rotations"), rotations.format().toArray());
    return rotations;
  }

  @Test
  void howTheLogPassedToAnotherKeyGoesAlongAndIsNeverLost() throws Exception {
    try (Growing log = new Growing("a")) {
      log.grow(300);
      Rotations rotations = passing(log);
      log.grow(300);
      assertThat(mirror(log)).isEmpty();
      byte[] copied = Files.readAllBytes(mirrored().resolve("rotations"));
      assertThat(Rotations.parse(Bytes.of(copied))).isEqualTo(rotations);

      log.grow(1);
      String ours = Files.readString(mirrored().resolve("checkpoint"));
      Files.delete(log.folder.resolve("rotations"));
      assertThatThrownBy(() -> mirror(log))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("(1 steps here, 0 there)");
      assertThat(mirrored().resolve("rotations")).hasBinaryContent(copied);
      assertThat(mirrored().resolve("checkpoint")).hasContent(ours);
    }
  }

  @Test
  void aPassingOfAnotherHistoryIsNotCopied() throws Exception {
    try (Growing log = new Growing("a");
        Growing another = new Growing("b")) {
      log.grow(20);
      another.grow(10);
      passing(another);
      Files.copy(another.folder.resolve("rotations"), log.folder.resolve("rotations"));
      assertThatThrownBy(() -> mirror(log))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("how the log passed to another key is not proved");
      assertThat(mirrored().resolve("rotations")).doesNotExist();
      assertThat(mirrored().resolve("checkpoint")).doesNotExist();
      assertThatThrownBy(
              () ->
                  PassedKey.follow(
                      LogSource.open(log.folder.toString()), List.of(SIGNER.verifier())))
          .hasMessageContaining("the log's way to another key is not proved");
    }
  }

  private List<Finding> mirror(Growing log) throws Exception {
    List<SignedCheckpoint> before =
        Files.exists(mirrored().resolve("checkpoint"))
            ? List.of(checkpoint(mirrored()))
            : List.of();
    LogSource source = LogSource.open(log.folder.toString());
    return new LogMirror(source, mirrored(), new Terminal(System.out), Clock.systemUTC())
        .update(checkpoint(log.folder), before);
  }

  private Path mirrored() {
    return temp.resolve("mirror");
  }

  private static SignedCheckpoint checkpoint(Path folder) throws Exception {
    String note = Files.readString(folder.resolve("checkpoint"));
    return SignedCheckpoint.open(note, ORIGIN, List.of(SIGNER.verifier()));
  }

  private static Path bundle(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("tile/entries"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }
}
