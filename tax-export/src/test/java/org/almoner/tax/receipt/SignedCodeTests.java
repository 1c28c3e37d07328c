package org.almoner.tax.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedCodeTests {
  private static final String ORIGIN = "log.estuary.example/2026";
  private static final Ed25519NoteSigner KEY = new Ed25519NoteSigner(ORIGIN, SigningKey.of(ones()));
  private static final VerifierKey PUBLIC = KEY.verifier();
  private static final Path GOLDEN = Path.of("../docs/spec/golden/statement-code.txt");

  private static byte[] ones() {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 1);
    return seed;
  }

  private static String text() {
    return SignedCode.sign(StatementCode.of(new Sample().page()), KEY).text();
  }

  @Test
  void theCodeIsTheSpecificationsExample() throws Exception {
    assertThat(text()).isEqualTo(Files.readString(GOLDEN, StandardCharsets.US_ASCII));
  }

  @Test
  void whatWasSignedIsReadAndBelieved() throws Exception {
    SignedCode read = SignedCode.parse(text());
    assertThat(read.code()).isEqualTo(StatementCode.of(new Sample().page()));
    assertThat(read.signedBy(PUBLIC)).isTrue();
    assertThat(read.text()).isEqualTo(text());
  }

  @Test
  void itHasNoName() {
    assertThat(text()).doesNotContain("Zofia").doesNotContain("Estuary");
  }

  @Test
  void itFitsACodeThatAPhoneReads() {
    // 450 octets at level M are version 16.
    assertThat(text().getBytes(StandardCharsets.UTF_8).length).isLessThan(450);
  }

  @Test
  void theSignatureIsThatOfASignedNote() throws Exception {
    String[] lines = text().split("\n");
    String note =
        String.join("\n", Arrays.copyOf(lines, 9)) + "\n\n\u2014 " + ORIGIN + " " + lines[9] + "\n";
    assertThat(SignedNote.parse(note).open(java.util.List.of((NoteVerifier) PUBLIC)).signedBy())
        .containsExactly(PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r", "\n"})
  void aScannersEndsOfLinesDoNotMatter(String end) throws Exception {
    assertThat(SignedCode.parse(text().strip().replace("\n", end)).signedBy(PUBLIC)).isTrue();
    assertThat(SignedCode.parse(text().replace("\n", end) + end).signedBy(PUBLIC)).isTrue();
  }

  @Test
  void aKeyOfAnotherNameDidNotSignIt() throws Exception {
    VerifierKey other = new VerifierKey("log.other.example", PUBLIC.key());
    assertThat(SignedCode.parse(text()).signedBy(other)).isFalse();
  }

  /** Every octet in turn, changed at random: refused, or not signed. */
  @Test
  void noChangedOctetIsBelieved() {
    SplittableRandom random = new SplittableRandom(8);
    byte[] octets = text().getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < octets.length - 1; at++) {
      byte[] changed = octets.clone();
      changed[at] ^= (byte) (1 + random.nextInt(127));
      assertThat(believed(new String(changed, StandardCharsets.US_ASCII)))
          .as("octet %d", at)
          .isFalse();
    }
  }

  private static boolean believed(String text) {
    try {
      return SignedCode.parse(text).signedBy(PUBLIC);
    } catch (MalformedCode e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "almoner-statement/2|almoner-statement/1|line 1: expected almoner-statement/2",
        "4806 4842|4806 04842|line 6: \"04842\" is no whole number",
        "2026-01-01 2026|2026-1-01 2026|the code cannot be read",
        "20852162 20852163|20852162|line 7 has 1 parts; expected 2",
        "20852162 20852163|20852163 20852163|the code's figures cannot be",
      })
  void aFaultNamesItsLine(String from, String to, String sentence) {
    assertThat(text()).contains(from);
    assertThatThrownBy(() -> SignedCode.parse(text().replace(from, to)))
        .isInstanceOf(MalformedCode.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "almoner-statement/2", "almoner-statement/2\n", "x\ny\n\u0000"})
  void whatIsNoCodeIsRefused(String text) {
    assertThatThrownBy(() -> SignedCode.parse(text)).isInstanceOf(MalformedCode.class);
  }

  @Test
  void aLongTextIsRefusedUnread() {
    assertThatThrownBy(() -> SignedCode.parse("a".repeat(SignedCode.TEXT_MAX + 1)))
        .hasMessageContaining("at most 1000");
  }
}
