package org.almoner.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner LOG =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final Cosigner COSIGNER = new Cosigner("witness.example", key(1));

  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong(1_800_000_000);
  private FileWitnessStore store;
  private Witness witness;

  @BeforeEach
  void open() throws IOException {
    store = new FileWitnessStore(folder);
    witness = witness();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aLogIsSignedFromItsBeginningAndAsItGrows() throws Exception {
    assertSigned(add(0, 5));
    assertSigned(add(5, 9));
    assertSigned(add(9, 9));
    assertThat(SignedNote.parse(witness.latest(FileWitnessStore.name(ORIGIN)).orElseThrow()).text())
        .isEqualTo(checkpoint(9).noteText());
  }

  @Test
  void aLogThatPassesToAnotherKeyIsFollowedWhenBothAreKnown() throws Exception {
    Ed25519NoteSigner next = new Ed25519NoteSigner(ORIGIN, key(7));
    assertSigned(add(0, 5));
    SignedNote both = SignedCheckpoint.sign(checkpoint(7), List.of(LOG, next)).note();
    SignedNote alone = sign(checkpoint(9), next);
    assertSigned(witness.add(body(5, NaiveTree.consistency(5, NaiveTree.entries(7)), both)));
    String after = body(7, NaiveTree.consistency(7, NaiveTree.entries(9)), alone);
    assertRefused(witness.add(after), 403);
    witness = new Witness(COSIGNER, List.of(LOG.verifier(), next.verifier()), store, this::instant);
    assertSigned(witness.add(after));
    assertThat(witness.latest(FileWitnessStore.name(ORIGIN)).orElseThrow()).contains(alone.text());
  }

  @Test
  void aLogThatIsNotKnownIs404() {
    Ed25519NoteSigner other = new Ed25519NoteSigner("other.example", key(7));
    assertRefused(
        witness.add(body(0, List.of(), sign(checkpoint("other.example", 1), other))), 404);
  }

  @Test
  void aCheckpointTheLogDidNotSignIs403() throws Exception {
    Ed25519NoteSigner stranger = new Ed25519NoteSigner(ORIGIN, key(9));
    assertRefused(witness.add(body(0, List.of(), sign(checkpoint(3), stranger))), 403);
    SignedNote good = sign(checkpoint(3), LOG);
    SignedNote moved = new SignedNote(checkpoint(4).noteText(), good.signatures());
    assertRefused(witness.add(body(0, List.of(), moved)), 403);
  }

  @Test
  void whatIsMalformedOrLeadsBackIs400() {
    for (String body :
        List.of("", "old 0\n", "old x\n\n", "old 00\n\n", "old -1\n\n", "new 0\n\nx")) {
      assertRefused(witness.add(body), 400);
    }
    assertRefused(witness.add(body(4, List.of(), sign(checkpoint(3), LOG))), 400);
    assertRefused(witness.add("old 0\nAAAA\n\n" + sign(checkpoint(3), LOG).format()), 400);
  }

  @Test
  void anotherOldSizeIsToldTheSizeThatWasSigned() throws Exception {
    assertThat(add(2, 5)).isEqualTo(new Witness.Reply.OtherSize(0));
    add(0, 5);
    assertThat(add(0, 9)).isEqualTo(new Witness.Reply.OtherSize(5));
    assertThat(add(4, 9)).isEqualTo(new Witness.Reply.OtherSize(5));
  }

  @Test
  void aForkIs422AndChangesNothing() throws Exception {
    add(0, 5);
    Checkpoint fork = new Checkpoint(ORIGIN, 9, Hash.sha256(new byte[] {1}));
    assertRefused(
        witness.add(body(5, NaiveTree.consistency(5, NaiveTree.entries(9)), sign(fork, LOG))), 422);
    Checkpoint twin = new Checkpoint(ORIGIN, 5, Hash.sha256(new byte[] {2}));
    assertRefused(witness.add(body(5, List.of(), sign(twin, LOG))), 422);
    assertRefused(witness.add(body(5, List.of(), sign(checkpoint(9), LOG))), 422);
    String empty = "empty.example\n0\n" + checkpoint(3).noteText().split("\n", -1)[2] + "\n";
    Ed25519NoteSigner other = new Ed25519NoteSigner("empty.example", key(5));
    Witness watching = new Witness(COSIGNER, List.of(other.verifier()), store, this::instant);
    assertRefused(watching.add(body(0, List.of(), SignedNote.sign(empty, List.of(other)))), 422);
    assertSigned(add(5, 9));
  }

  @Test
  void afterARestartItGoesOnWhereItWas() throws Exception {
    add(0, 7);
    witness = witness();
    assertThat(add(0, 9)).isEqualTo(new Witness.Reply.OtherSize(7));
    assertSigned(add(7, 9));
  }

  @Test
  void l10AClockThatWentBackSignsNothing() throws Exception {
    add(0, 5);
    now.addAndGet(-1);
    assertRefused(add(5, 9), 500);
    witness = witness();
    assertRefused(add(5, 9), 500);
    now.addAndGet(1);
    assertSigned(add(5, 9));
  }

  @Test
  void whatItKeptButDidNotSignStopsIt() throws Exception {
    add(0, 5);
    Path file = folder.resolve(FileWitnessStore.name(ORIGIN)).resolve("checkpoint");
    Files.writeString(file, Files.readString(file).replace("\n5\n", "\n4\n"));
    assertRefused(add(5, 9), 500);
    assertRefused(add(5, 9), 500);
  }

  @Test
  void twoProcessesCannotShareAStore() {
    assertThatThrownBy(() -> new FileWitnessStore(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("locked");
  }

  /** The race of the specification: two growths at once must not end at the smaller one. */
  @Test
  void l15TwoRequestsAtOnceNeverLeadBack() throws Exception {
    for (int round = 0; round < 30; round++) {
      int from = 3 * round;
      int small = from + 1;
      int large = from + 3;
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int to : List.of(small, large)) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    go.await();
                    add(from, to);
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      int kept = kept();
      assertThat(kept).isIn(small, large);
      if (kept < large) {
        assertSigned(add(kept, large));
      }
      assertThat(add(from, large)).isEqualTo(new Witness.Reply.OtherSize(large));
      assertThat(kept()).isEqualTo(large);
    }
  }

  private int kept() throws Exception {
    String note = witness.latest(FileWitnessStore.name(ORIGIN)).orElseThrow();
    return Math.toIntExact(Checkpoint.parse(SignedNote.parse(note).text()).size());
  }

  @Test
  void aStoreThatFailsStopsItForGood() throws Exception {
    WitnessStore failing =
        new WitnessStore() {
          @Override
          public Optional<String> read(String origin) {
            return Optional.empty();
          }

          @Override
          public void write(String origin, String note) throws IOException {
            throw new IOException("the disk is full");
          }
        };
    witness = new Witness(COSIGNER, List.of(LOG.verifier()), failing, this::instant);
    assertRefused(add(0, 5), 500);
    assertThat(add(0, 5).toString()).contains("the disk is full");
  }

  private Witness witness() {
    return new Witness(COSIGNER, List.of(LOG.verifier()), store, this::instant);
  }

  private Instant instant() {
    return Instant.ofEpochSecond(now.get());
  }

  private Witness.Reply add(int from, int to) {
    List<Hash> proof = NaiveTree.consistency(from, NaiveTree.entries(to));
    return witness.add(body(from, proof, sign(checkpoint(to), LOG)));
  }

  private Checkpoint checkpoint(int size) {
    return checkpoint(ORIGIN, size);
  }

  private Checkpoint checkpoint(String origin, int size) {
    return new Checkpoint(origin, size, NaiveTree.root(NaiveTree.entries(size)));
  }

  private static SignedNote sign(Checkpoint checkpoint, Ed25519NoteSigner signer) {
    return SignedCheckpoint.sign(checkpoint, List.of(signer)).note();
  }

  private static String body(long old, List<Hash> proof, SignedNote note) {
    return new AddCheckpoint(old, new ConsistencyProof(proof), note).format();
  }

  private static SigningKey key(int filler) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    java.util.Arrays.fill(seed, (byte) filler);
    return SigningKey.of(seed);
  }

  private static void assertSigned(Witness.Reply reply) {
    assertThat(reply).isInstanceOf(Witness.Reply.Cosigned.class);
  }

  private static void assertRefused(Witness.Reply reply, int status) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Witness.Reply.Refused.class,
            refused -> {
              assertThat(refused.status()).as(refused.sentence()).isEqualTo(status);
              assertThat(refused.sentence()).isNotBlank();
            });
  }
}
