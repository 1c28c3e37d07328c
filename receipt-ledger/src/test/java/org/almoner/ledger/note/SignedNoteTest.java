package org.almoner.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedNoteTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors/signed-note");

  private static String vector(String name) throws IOException {
    return Files.readString(VECTORS.resolve(name));
  }

  private static VerifierKey key(String name) throws IOException, MalformedNote {
    return VerifierKey.parse(vector(name).strip());
  }

  @ParameterizedTest
  @CsvSource({
    "c2sp-example.note, c2sp-example.vkey",
    "peterneumann.note, peterneumann.vkey",
    "peterneumann+enochroot.note, peterneumann.vkey",
    "sum.golang.org-6476701.note, sum.golang.org.vkey",
    "sum.golang.org-19777102.note, sum.golang.org.vkey",
    "sum.golang.org-65209736.note, sum.golang.org.vkey",
  })
  void aNoteFromElsewhereOpensAndIsWrittenBack(String note, String vkey) throws Exception {
    SignedNote parsed = SignedNote.parse(vector(note));
    assertThat(parsed.format()).isEqualTo(vector(note));
    assertThat(SignedNote.parse(Bytes.utf8(vector(note)))).isEqualTo(parsed);
    VerifiedNote opened = parsed.open(List.of(key(vkey)));
    assertThat(opened.text()).isEqualTo(parsed.text());
    assertThat(opened.signedBy()).containsExactly(key(vkey));
    assertThat(key(vkey).format()).isEqualTo(vector(vkey).strip());
  }

  @Test
  void ourSignatureIsTheOneOfOthersForTheSameKey() throws Exception {
    // PRIVATE+KEY+<name>+<id>+<base64(0x01 || seed)>
    byte[] typed =
        Base64.getDecoder().decode(vector("peterneumann.skey").strip().split("\\+", 5)[4]);
    SigningKey key = SigningKey.of(Arrays.copyOfRange(typed, 1, typed.length));
    Ed25519NoteSigner signer = new Ed25519NoteSigner("PeterNeumann", key);
    String note = vector("peterneumann.note");
    assertThat(SignedNote.sign(SignedNote.parse(note).text(), List.of(signer)).format())
        .isEqualTo(note);
  }

  @Test
  void everySignerGetsItsLine() throws Exception {
    Ed25519NoteSigner one = signer("log.example/1", 1);
    Ed25519NoteSigner two = signer("log.example/1", 2);
    SignedNote note = SignedNote.sign("text\n", List.of(one, two));
    assertThat(note.open(List.of(two.verifier())).signedBy()).containsExactly(two.verifier());
    assertThat(note.open(List.of(two.verifier(), one.verifier())).signedBy())
        .containsExactly(one.verifier(), two.verifier());
  }

  @Test
  void aSignatureOfAnUnknownKeyIsIgnored() throws Exception {
    SignedNote note = SignedNote.sign("text\n", List.of(signer("known.example", 1)));
    NoteSignature unknown = signer("unknown.example", 2).sign("another text\n");
    assertThat(
            note.with(List.of(unknown))
                .open(List.of(signer("known.example", 1).verifier()))
                .signedBy())
        .hasSize(1);
  }

  @Test
  void theSameNameWithAnotherKeyIsAnUnknownKey() throws Exception {
    SignedNote note = SignedNote.sign("text\n", List.of(signer("log.example", 1)));
    assertThatThrownBy(() -> note.open(List.of(signer("log.example", 2).verifier())))
        .isInstanceOf(NoteRejected.class)
        .hasMessage("none of the keys trusted here signed the note");
  }

  @Test
  void aKnownKeysBadSignatureRejectsEvenBesideAGoodOne() {
    Ed25519NoteSigner good = signer("good.example", 1);
    Ed25519NoteSigner bad = signer("bad.example", 2);
    SignedNote note =
        SignedNote.sign("text\n", List.of(good)).with(List.of(bad.sign("other text\n")));
    assertThatThrownBy(() -> note.open(List.of(good.verifier(), bad.verifier())))
        .isInstanceOf(NoteRejected.class)
        .hasMessage("the signature of bad.example does not fit the text");
  }

  @Test
  void aSignatureWithAnOctetAppendedIsBad() {
    Ed25519NoteSigner signer = signer("log.example", 1);
    NoteSignature good = signer.sign("text\n");
    NoteSignature longer =
        new NoteSignature(
            good.name(), good.keyId(), Bytes.of(Arrays.copyOf(good.signature().toArray(), 65)));
    assertThatThrownBy(
            () -> new SignedNote("text\n", List.of(longer)).open(List.of(signer.verifier())))
        .isInstanceOf(NoteRejected.class);
  }

  @Test
  void theTextEndsAtTheLastBlankLine() throws Exception {
    SignedNote note = SignedNote.sign("one\n\ntwo\n", List.of(signer("log.example", 1)));
    assertThat(SignedNote.parse(note.format()).text()).isEqualTo("one\n\ntwo\n");
  }

  @Test
  void sixteenSignaturesAreReadAndTooManyAreNot() throws Exception {
    NoteSignature line = signer("log.example", 1).sign("text\n");
    String sixteen = new SignedNote("text\n", Collections.nCopies(16, line)).format();
    assertThat(SignedNote.parse(sixteen).signatures()).hasSize(16);
    String many = "text\n\n" + (line.format() + "\n").repeat(SignedNote.SIGNATURES_MAX + 1);
    assertThatThrownBy(() -> SignedNote.parse(many))
        .isInstanceOf(MalformedNote.class)
        .hasMessage("the note has more than 100 signatures");
  }

  @Test
  void aNoteThatIsNoneIsNamed() {
    String line = signer("log.example", 1).sign("text\n").format();
    malformed("", "the note does not end with a newline");
    malformed("text\n\n" + line, "the note does not end with a newline");
    malformed(
        "text\n" + line + "\n", "the note has no blank line between its text and its signatures");
    malformed("text\n\n", "a note has 1 to 100 signatures; this has 0");
    malformed("te\txt\n\n" + line + "\n", "the text of a note contains a control character");
    malformed("text\n\n- a b\n", "a signature line starts with an em dash and a space: - a b");
    malformed("text\n\n\u2014 a\n", "a signature line is a name, a space and base64: \u2014 a");
    malformed("text\n\n\u2014 a ???\n", "signature line: not standard base64: ???");
    malformed(
        "text\n\n\u2014 a AAAAAAA\n",
        "signature line: base64 with missing padding or stray bits: AAAAAAA");
    malformed(
        "text\n\n\u2014 a AAAAAA==\n",
        "a signature is a key id and at least one octet: \u2014 a AAAAAA==");
    malformed(
        "text\n\n\u2014 a+b AAAAAAA=\n",
        "signature line: the key name contains a plus, a space or a control character: a+b");
    malformed(
        "text\n\n\u2014 a\u00a0b AAAAAAA=\n",
        "signature line: the key name contains a plus, a space or a control character: a\u00a0b");
  }

  private static void malformed(String note, String message) {
    assertThatThrownBy(() -> SignedNote.parse(note))
        .isInstanceOf(MalformedNote.class)
        .hasMessage(message);
  }

  @Test
  void octetsThatAreNotUtf8AreNamed() {
    assertThatThrownBy(() -> SignedNote.parse(Bytes.of(new byte[] {'a', (byte) 0xff, '\n'})))
        .isInstanceOf(MalformedNote.class)
        .hasMessage("the note is not valid UTF-8");
    assertThatThrownBy(() -> SignedNote.parse(Bytes.of(new byte[SignedNote.OCTETS_MAX + 1])))
        .hasMessage("the note is longer than 1000000 octets");
  }

  @Test
  void aKeyThatIsNoneIsNamed() throws Exception {
    String good = vector("peterneumann.vkey").strip();
    badKey("PeterNeumann", "a verifier key is <name>+<key id>+<base64>: PeterNeumann");
    badKey(good.replace("c74f20a3", "c74f20a4"), "the key id should be c74f20a3, not c74f20a4");
    badKey(good.replace("c74f20a3", "C74F20A3"), "the key id should be c74f20a3, not C74F20A3");
    badKey(good.replace("PeterNeumann", ""), "verifier key: the key name is empty");
    badKey(
        good.replace("ARpc", "AhpC"),
        "the verifier key is not of type 0x01, Ed25519, with 32 octets: "
            + good.replace("ARpc", "AhpC"));
  }

  private static void badKey(String text, String message) {
    assertThatThrownBy(() -> VerifierKey.parse(text))
        .isInstanceOf(MalformedNote.class)
        .hasMessage(message);
  }

  private static Ed25519NoteSigner signer(String name, int seed) {
    byte[] octets = new byte[SigningKey.SEED_SIZE];
    octets[0] = (byte) seed;
    return new Ed25519NoteSigner(name, SigningKey.of(octets));
  }
}
