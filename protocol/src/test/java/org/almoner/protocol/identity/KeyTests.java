package org.almoner.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTests {
  /** RFC 8032 section 7.1, tests 1 to 3: seed, key, message, signature. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void theVectorsOfTheRfcHold(String seed, String key, String message, String signature) {
    SigningKey signing = SigningKey.of(HexFormat.of().parseHex(seed));
    byte[] octets = HexFormat.of().parseHex(message);
    assertThat(signing.publicKey().toHex()).isEqualTo(key);
    assertThat(signing.sign(octets).toHex()).isEqualTo(signature);
    assertThat(PublicKey.parseHex(key).verifies(octets, Signature.parseHex(signature))).isTrue();
  }

  @Test
  void thePlatformsOwnEd25519AgreesWithOurSignature() throws Exception {
    SigningKey key = SigningKey.of(new byte[32]);
    byte[] message = "what was given".getBytes(StandardCharsets.UTF_8);
    byte[] x509 = HexFormat.of().parseHex("302a300506032b6570032100" + key.publicKey().toHex());
    java.security.Signature other = java.security.Signature.getInstance("Ed25519");
    other.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
    other.update(message);
    assertThat(other.verify(key.sign(message).octets().toArray())).isTrue();
  }

  @Test
  void everyFlippedBitOfASignatureIsRefused() {
    SigningKey key = SigningKey.of(new byte[32]);
    byte[] message = {1, 2, 3};
    byte[] good = key.sign(message).octets().toArray();
    for (int bit = 0; bit < 512; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(key.publicKey().verifies(message, Signature.of(bad))).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000", // order 4
        "0100000000000000000000000000000000000000000000000000000000000000", // neutral
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p, not canonical
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p + 1
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void unsoundKeysAreRefused(String hex) {
    assertThatThrownBy(() -> PublicKey.parseHex(hex))
        .hasMessage("not a sound Ed25519 public key: low-order or not in canonical form");
  }

  @Test
  void everyWrongLengthIsNamed() {
    assertThatThrownBy(() -> PublicKey.of(new byte[31]))
        .hasMessageContaining("32 octets; this has 31");
    assertThatThrownBy(() -> Signature.of(new byte[65]))
        .hasMessageContaining("64 octets; this has 65");
    assertThatThrownBy(() -> SigningKey.of(new byte[33]))
        .hasMessageContaining("32 octets; this has 33");
    assertThatThrownBy(() -> new DonorId(Bytes.of(new byte[15])))
        .hasMessageContaining("this has 30");
    assertThatThrownBy(() -> AgentId.parseHex("ab")).hasMessageContaining("this has 2");
  }

  @Test
  void theSecretHalfIsNeverPrinted() {
    SigningKey key = SigningKey.of(new byte[32]);
    assertThat(key.toString()).doesNotContain("00000000").contains(key.publicKey().toHex());
  }
}
