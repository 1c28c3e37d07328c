package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.verify.BelievedKey;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.FormerLog;
import org.almoner.tax.verify.SealTerm;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What starts of a coordinator do to the trust file. */
class PublishedTrustTests {
  private static final List<VerifierKey> KEYS =
      List.of(new VerifierKey("log.example/2027", key(1).publicKey()));
  private static final List<Hash> SEALS = List.of(Hash.ZERO);

  @TempDir Path temp;
  private Path file;
  private PublishedTrust published;

  private static SigningKey key(int number) {
    return SigningKey.of(Hash.sha256(new byte[] {(byte) number}).toArray());
  }

  private static String witness(String name, int number) {
    String key = new Cosigner(name + ".example", key(number)).verifier().format();
    return "witness " + name + " " + key + "\n";
  }

  private static WitnessPolicy one() throws Exception {
    return WitnessPolicy.parse(witness("one", 2) + "quorum one");
  }

  @BeforeEach
  void namePlaces() {
    file = temp.resolve("trust.json");
    published = new PublishedTrust(file);
  }

  @Test
  void aStartThatDoesNotSayKeepsNameAndWitnesses() throws Exception {
    assertThat(published.charity("", "nobody")).isEqualTo("nobody");
    assertThat(published.witnesses(Optional.empty())).isEmpty();
    published.add("Example", KEYS, SEALS, one());
    assertThat(published.charity("", "nobody")).isEqualTo("Example");
    assertThat(published.charity("Other", "nobody")).isEqualTo("Other");
    assertThat(published.witnesses(Optional.empty())).contains(one());
    assertThat(published.witnesses(Optional.of(WitnessPolicy.NOBODY)))
        .contains(WitnessPolicy.NOBODY);
  }

  @Test
  void aNewSealEndsTheTermOfTheOneBefore() throws Exception {
    Instant noon = Instant.parse("2027-02-02T12:00:00Z");
    Hash next = Hash.sha256();
    published.sealWith(Hash.ZERO, noon);
    assertThat(file).doesNotExist();
    published.add("Example", KEYS, SEALS, one());
    byte[] first = Files.readAllBytes(file);
    published.sealWith(Hash.ZERO, noon);
    assertThat(file).hasBinaryContent(first);

    published.sealWith(next, noon);
    published.add("Example", KEYS, List.of(next), one());
    TrustFile two = published.read().orElseThrow();
    assertThat(two.seals()).containsExactly(Hash.ZERO, next);
    assertThat(two.terms())
        .containsExactly(
            new SealTerm(Hash.ZERO, 0, noon.getEpochSecond()),
            new SealTerm(next, noon.getEpochSecond(), SealTerm.IN_USE));

    published.sealWith(Hash.ZERO, noon.plusSeconds(60)); // the old one was put back
    assertThat(published.read().orElseThrow().terms())
        .containsExactly(
            new SealTerm(Hash.ZERO, 0, SealTerm.IN_USE),
            new SealTerm(next, noon.getEpochSecond(), noon.getEpochSecond() + 60));
  }

  @Test
  void whatNobodyCouldReadIsNotWritten() throws Exception {
    published.add("Example", KEYS, SEALS, one());
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> published.add("Exam\u0007ple", KEYS, SEALS, one()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("is left as it was", "contains a control character");
    assertThatThrownBy(() -> published.add(" ", KEYS, SEALS, one()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("is left as it was", "1 to 120 characters");
    assertThat(file).hasBinaryContent(before);
    assertThat(temp).isDirectoryContaining(path -> path.equals(file));
  }

  @Test
  void aPolicyOfManyLinesIsReadBack() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines.append(witness("w" + i, i));
    }
    WitnessPolicy many = WitnessPolicy.parse(lines + "quorum w0");
    published.add("Example", KEYS, SEALS, many);
    assertThat(published.read().orElseThrow().witnesses()).isEqualTo(many);
  }

  @Test
  void aClosedLogKeepsTheWitnessesItWasClosedUnder() throws Exception {
    Ed25519NoteSigner signer = new Ed25519NoteSigner("log.example/2026", key(3));
    SignedNote end =
        SignedNote.parse(
            SignedCheckpoint.sign(new Checkpoint("log.example/2026", 3, Hash.ZERO), List.of(signer))
                .format());
    Cosigner cosigner = new Cosigner("one.example", key(2));
    String witnessed = end.with(List.of(cosigner.sign(end.text(), 1_800_000_000))).format();
    BelievedLog stolen =
        new BelievedLog(List.of(new BelievedKey(signer.verifier(), 1_800_000_001)));
    FormerLog closed = FormerLog.of(stolen, witnessed, "stolen", one());
    BelievedLog log = BelievedLog.of(KEYS);
    published.write(new TrustFile("Example", log, SEALS, one(), List.of(closed), List.of()));
    WitnessPolicy two = WitnessPolicy.parse(witness("two", 4) + "quorum two");
    for (WitnessPolicy later : List.of(two, WitnessPolicy.NOBODY)) {
      published.add("Example", KEYS, SEALS, later);
      TrustFile read = published.read().orElseThrow();
      assertThat(read.former()).containsExactly(closed);
      assertThat(read.witnesses(signer.verifier().name())).isEqualTo(one());
      assertThat(read.witnesses(KEYS.get(0).name())).isEqualTo(later);
    }
  }
}
