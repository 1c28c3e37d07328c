package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.seal.Authorities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustFileTests {
  private static final VerifierKey LOG =
      new VerifierKey("log.estuary.example/2026", SigningKey.of(new byte[32]).publicKey());
  private static final Hash SEAL = Hash.sha256(new byte[] {1});
  private static final TrustFile FILE = new TrustFile("Open Estuary", LOG, List.of(SEAL));

  private static String text() {
    return new String(FILE.format().toArray(), StandardCharsets.UTF_8);
  }

  @Test
  void itReadsWhatItWrites() throws Exception {
    assertThat(TrustFile.parse(FILE.format().toArray())).isEqualTo(FILE);
    assertThat(text()).endsWith("}\n");
  }

  @Test
  void theNewlineMayBeMissing() throws Exception {
    assertThat(TrustFile.parse(text().strip().getBytes(StandardCharsets.UTF_8))).isEqualTo(FILE);
  }

  @Test
  void itTrustsTheSealsItListsAndNoOther() {
    assertThat(FILE.trusts(SEAL)).isTrue();
    assertThat(FILE.trusts(Hash.ZERO)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1|\"version\":4|version",
        "\"version\":1|\"version\":1,\"zeal\":1|zeal",
        "\"charity\":\"Open Estuary\"|\"charity\":\"\"|charity",
        "\"charity\":\"Open Estuary\",||charity",
        "\"origin\":\"log.estuary|\"origin\":\"log.example|not of",
        "+|-|verifier key",
        "\"seals\":[\"4b|\"seals\":[\"4B|hexadecimal",
        "\"seals\":[\"4b|\"seals\":[\"|64",
        "\"version\":1|\"version\":1,\"witnesses\":[\"quorum x\"]|policy line 1",
        "\"version\":1|\"version\":1,\"witnesses\":[]|witnesses",
        "{|[|expected",
      })
  void aFaultNamesItsField(String from, String to, String named) {
    assertThat(text()).contains(from);
    byte[] changed = text().replace(from, to == null ? "" : to).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TrustFile.parse(changed))
        .isInstanceOf(MalformedTrustFile.class)
        .hasMessageStartingWith("trust file: ")
        .hasMessageContaining(named);
  }

  private static TrustFile whole() throws Exception {
    SigningKey closedKey = SigningKey.of(Hash.sha256(new byte[] {2}).toArray());
    Ed25519NoteSigner closed = new Ed25519NoteSigner("log.estuary.example/2025", closedKey);
    String last =
        SignedCheckpoint.sign(
                new Checkpoint("log.estuary.example/2025", 3, Hash.ZERO), List.of(closed))
            .format();
    VerifierKey next = new VerifierKey(LOG.name(), SigningKey.of(SEAL.toArray()).publicKey());
    return new TrustFile(
        "Open Estuary",
        BelievedLog.of(List.of(LOG, next)),
        List.of(SEAL, Hash.ZERO),
        WitnessPolicy.NOBODY,
        List.of(
            FormerLog.of(
                BelievedLog.of(List.of(closed.verifier())), last, "lost", WitnessPolicy.NOBODY)),
        List.of(new RevokedSeal(Hash.ZERO, 1_795_132_800)));
  }

  @Test
  void severalKeysAFormerLogAndARevokedSealAreReadAsTheyAreWritten() throws Exception {
    TrustFile file = whole();
    assertThat(TrustFile.parse(file.format().toArray())).isEqualTo(file);
    assertThat(file.log("log.estuary.example/2025")).isPresent();
    assertThat(file.log("log.estuary.example/2024")).isEmpty();
    assertThat(text()).contains("\"version\":1}").doesNotContain("former");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"reason\":\"lost\"|\"reason\":\"gone\"|lost or stolen",
        "\"version\":2|\"version\":1|key",
        "\\n3\\n|\\n4\\n|does not fit",
        "{\"at\":1795132800,|{|at",
        "\"seal\":\"00|\"seal\":\"01|none of the charity's",
        "/2025\",\"reason|/2024\",\"reason|not of",
      })
  void aFaultOfTheLongerFormNamesItsFieldToo(String from, String to, String named)
      throws Exception {
    String text = new String(whole().format().toArray(), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    byte[] changed = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TrustFile.parse(changed))
        .isInstanceOf(MalformedTrustFile.class)
        .hasMessageContaining(named);
  }

  private static TrustFile withTerms() throws Exception {
    TrustFile whole = whole();
    return whole
        .withSeals(
            whole.seals(),
            List.of(
                new SealTerm(Hash.ZERO, 1_700_000_000, 1_795_132_800),
                new SealTerm(SEAL, 1_795_132_800, SealTerm.IN_USE)))
        .withTimeRoots(List.of(TimeRoot.of(Authorities.root("Time Root").certificate())));
  }

  @Test
  void termsOfSealsAndRootsOfTimeAreReadAsTheyAreWritten() throws Exception {
    TrustFile file = withTerms();
    String text = new String(file.format().toArray(), StandardCharsets.UTF_8);
    assertThat(text).contains("\"version\":3}", "\"to\":1795132800}", "\"timeRoots\":[\"MI");
    assertThat(TrustFile.parse(file.format().toArray())).isEqualTo(file);
    assertThat(file.term(SEAL).orElseThrow().to()).isEqualTo(SealTerm.IN_USE);
    assertThat(file.withRevoked(List.of()).terms()).isEqualTo(file.terms());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":3|\"version\":2|terms",
        "\"to\":1795132800}|\"to\":1699999999}|to",
        "\"from\":1700000000|\"from\":-1|from",
        "\"timeRoots\":[\"MI|\"timeRoots\":[\"NI|time root",
        "\"terms\":[{\"from\":1700000000,\"seal\":\"00|\"terms\":[{\"from\":1700000000,\"seal\":\"01|none"
            + " of the charity's",
      })
  void aFaultOfTheLongestFormNamesItsFieldToo(String from, String to, String named)
      throws Exception {
    String text = new String(withTerms().format().toArray(), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    byte[] changed = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TrustFile.parse(changed))
        .isInstanceOf(MalformedTrustFile.class)
        .hasMessageContaining(named);
  }

  @Test
  void aKeyListedTwiceIsRefused() throws Exception {
    BelievedKey stolen = new BelievedKey(LOG, 1_795_132_800);
    assertThatThrownBy(() -> new BelievedLog(List.of(stolen, new BelievedKey(LOG))))
        .hasMessage("the key " + LOG.format() + " is listed twice; list each key once");
    String text = new String(whole().format().toArray(), StandardCharsets.UTF_8);
    String key = "{\"key\":\"" + LOG.format() + "\"}";
    byte[] twice =
        text.replace(key, key.replace("}", ",\"revokedAt\":7},") + key)
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TrustFile.parse(twice))
        .isInstanceOf(MalformedTrustFile.class)
        .hasMessageContaining("is listed twice");
  }

  @Test
  void aKeyOfAFormerLogOpensNoOther() throws Exception {
    TrustFile file = whole();
    SigningKey closedKey = SigningKey.of(Hash.sha256(new byte[] {2}).toArray());
    BelievedLog same = BelievedLog.of(List.of(new VerifierKey(LOG.name(), closedKey.publicKey())));
    assertThatThrownBy(
            () ->
                new TrustFile(
                    "x", same, file.seals(), file.witnesses(), file.former(), file.revoked()))
        .hasMessageContaining("is listed for two logs");
  }

  @Test
  void aFileWithoutSealsOrWithTooManyIsRefused() {
    assertThatThrownBy(() -> new TrustFile("x", LOG, List.of()))
        .hasMessage("a trust file lists 1 to 32 seals");
    assertThatThrownBy(() -> new TrustFile("x", LOG, Collections.nCopies(33, SEAL)))
        .hasMessage("a trust file lists 1 to 32 seals");
  }

  @Test
  void aFileBeyondTheLimitIsRefused() {
    assertThatThrownBy(() -> TrustFile.parse(new byte[TrustFile.BYTES_MAX + 1]))
        .isInstanceOf(MalformedTrustFile.class)
        .hasMessageContaining("at most 262144");
  }
}
