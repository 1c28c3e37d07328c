package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
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
        "\"version\":1|\"version\":2|version",
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
        .hasMessageContaining("at most 16384");
  }
}
