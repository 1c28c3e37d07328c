package org.almoner.protocol.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTests {
  @Test
  void base64AndHexOfAnyLengthComeBack() {
    Random random = new Random(17);
    for (int size = 0; size < 70; size++) {
      byte[] octets = new byte[size];
      random.nextBytes(octets);
      Bytes bytes = Bytes.of(octets);
      assertThat(Bytes.parseBase64(bytes.toBase64())).isEqualTo(bytes);
      assertThat(Bytes.parseHex(bytes.toHex())).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"QQ", "QUI", "QQ=", "QR==", "QUJ=", "QUJDQUJDQR==", "QQ==QUJD"})
  void base64InAnotherFormIsRefused(String text) {
    assertThatThrownBy(() -> Bytes.parseBase64(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUJD\n", " QUJD", "QU_D", "QU-D", "Q\u00e4JD", "====", "="})
  void whatIsNoBase64IsRefused(String text) {
    assertThatThrownBy(() -> Bytes.parseBase64(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0g,1", "AB,0", "00\u0661,2", "0-,1", "abc\u00ff,3"})
  void aWrongDigitIsNamedByItsPlace(String hex, int place) {
    assertThatThrownBy(() -> Bytes.parseHex(hex))
        .hasMessage("not a lowercase hexadecimal digit at position " + place);
  }

  @Test
  void halfAnOctetIsRefused() {
    assertThatThrownBy(() -> Bytes.parseHex("abc")).hasMessageContaining("these are 3");
  }

  @Test
  void aBeginningIsKnownAndNothingElse() {
    Bytes whole = Bytes.utf8("almoner");
    assertThat(whole.startsWith(Bytes.utf8("alm"))).isTrue();
    assertThat(whole.startsWith(whole)).isTrue();
    assertThat(whole.startsWith(Bytes.utf8(""))).isTrue();
    assertThat(whole.startsWith(Bytes.utf8("aln"))).isFalse();
    assertThat(Bytes.utf8("alm").startsWith(whole)).isFalse();
  }

  @Test
  void aDigestThatFailedHalfWayLeavesNothingBehind() {
    assertThatThrownBy(
            () ->
                Hash.sha256(
                    digest -> {
                      digest.update((byte) 1);
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessage("half-way");
    assertThat(Hash.sha256().toHex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
