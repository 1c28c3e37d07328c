package org.almoner.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class CosignatureTest {
  private static final SigningKey KEY = SigningKey.of(new byte[SigningKey.SEED_SIZE]);
  private static final Cosigner COSIGNER = new Cosigner("witness.example", KEY);
  private static final String TEXT = "log.example\n7\nAAAA\n";
  private static final long SECONDS = 1_800_000_000;

  @Test
  void itIsTimeAndSignatureOverTimeAndText() {
    NoteSignature line = COSIGNER.sign(TEXT, SECONDS);
    assertThat(line.signature().size()).isEqualTo(72);
    assertThat(CosignerKey.seconds(line.signature())).isEqualTo(SECONDS);
    byte[] octets = line.signature().toArray();
    assertThat(
            KEY.publicKey()
                .verifies(
                    "cosignature/v1\ntime 1800000000\nlog.example\n7\nAAAA\n".getBytes(),
                    new org.almoner.protocol.identity.Signature(
                        Bytes.of(Arrays.copyOfRange(octets, 8, 72)))))
        .isTrue();
    assertThat(COSIGNER.verifier().verifies(TEXT, line.signature())).isTrue();
  }

  @Test
  void everyChangedOctetIsNoticed() {
    byte[] octets = COSIGNER.sign(TEXT, SECONDS).signature().toArray();
    for (int i = 0; i < octets.length; i++) {
      byte[] changed = octets.clone();
      changed[i] ^= 1;
      assertThat(COSIGNER.verifier().verifies(TEXT, Bytes.of(changed))).as("octet " + i).isFalse();
    }
    assertThat(COSIGNER.verifier().verifies(TEXT + "x\n", Bytes.of(octets))).isFalse();
    assertThat(COSIGNER.verifier().verifies(TEXT, Bytes.of(Arrays.copyOf(octets, 73)))).isFalse();
  }

  @Test
  void aTimeOfNothingIsNoTime() {
    assertThatThrownBy(() -> COSIGNER.sign(TEXT, 0)).hasMessageContaining("more than 0");
  }

  @Test
  void aCosignersKeyIsNotTheKeyOfALog() throws Exception {
    CosignerKey key = COSIGNER.verifier();
    assertThat(CosignerKey.parse(key.format())).isEqualTo(key);
    assertThat(key.keyId()).isNotEqualTo(new VerifierKey(key.name(), key.key()).keyId());
    assertThatThrownBy(() -> VerifierKey.parse(key.format())).isInstanceOf(MalformedNote.class);
    String logKey = new VerifierKey(key.name(), key.key()).format();
    assertThatThrownBy(() -> CosignerKey.parse(logKey))
        .isInstanceOf(MalformedNote.class)
        .hasMessageContaining("0x04");
  }

  @Test
  void aPolicyCountsWitnessesThroughItsGroups() throws Exception {
    Cosigner a = cosigner("a.example", 1);
    Cosigner b = cosigner("b.example", 2);
    Cosigner c = cosigner("c.example", 3);
    WitnessPolicy policy =
        WitnessPolicy.parse(
            String.join(
                "\n",
                "# two of three, one of them c",
                "witness a " + a.verifier().format() + " https://a.example/w/",
                "witness b " + b.verifier().format(),
                "witness c " + c.verifier().format(),
                "group either any a b",
                "group both all either c",
                "quorum both"));
    SignedNote note = new SignedNote(TEXT, List.of(a.sign(TEXT, 1), c.sign(TEXT, 2)));
    assertThat(policy.signed(note)).containsExactlyInAnyOrder("a", "c");
    assertThat(policy.satisfied(policy.signed(note))).isTrue();
    assertThat(policy.satisfied(List.of("a", "b"))).isFalse();
    assertThat(policy.satisfied(List.of("c"))).isFalse();
    SignedNote wrong = new SignedNote(TEXT, List.of(a.sign("other\n", 1)));
    assertThatThrownBy(() -> policy.signed(wrong)).hasMessageContaining("a.example");
    assertThat(WitnessPolicy.parse("quorum none\n").satisfied(List.of())).isTrue();
  }

  @Test
  void aBrokenPolicyNamesItsLine() {
    String witness = "witness a " + cosigner("a.example", 1).verifier().format();
    for (String[] broken :
        new String[][] {
          {"", "quorum"},
          {"quorum a", "line 1"},
          {witness + "\n" + witness.replace("witness a", "witness b"), "line 2"},
          {witness + "\ngroup g 2 a\nquorum g", "line 2"},
          {witness + "\ngroup g 0 a\nquorum g", "line 2"},
          {witness + "\ngroup g x a\nquorum g", "line 2"},
          {witness + "\ngroup g any a\ngroup h any a\nquorum h", "line 3"},
          {witness + "\nquorum a\nquorum a", "line 3"},
          {"witness none " + cosigner("a.example", 1).verifier().format(), "line 1"},
          {"mirror x", "line 1"},
        }) {
      assertThatThrownBy(() -> WitnessPolicy.parse(broken[0]))
          .as(broken[0])
          .isInstanceOf(MalformedNote.class)
          .hasMessageContaining(broken[1]);
    }
  }

  private static Cosigner cosigner(String name, int filler) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    Arrays.fill(seed, (byte) filler);
    return new Cosigner(name, SigningKey.of(seed));
  }
}
