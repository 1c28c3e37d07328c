package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.almoner.tax.pdf.Documents;
import org.almoner.tax.pdf.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seal in its file: of Almoner's making or another's, certified by itself or by others. */
class SealFileTests {
  private static final Instant BEGAN = Documents.CLOCK.instant();
  private static final Duration YEAR = Duration.ofDays(365);
  private static final char[] WORD = "correct horse".toCharArray();

  @TempDir Path folder;
  private static KeyPair rsa;
  private static Authorities.Holder root;
  private static Authorities.Holder issuer;
  private SealFile file;

  @BeforeAll
  static void certify() throws Exception {
    rsa = Authorities.pair("RSA");
    root = Authorities.root("Example Root");
    issuer = Authorities.below(root, "Example Issuer");
  }

  @BeforeEach
  void name() {
    file = new SealFile(folder.resolve("seal.p12"));
  }

  private SealKey made() throws IOException {
    return file.openOrCreate("Open Estuary", Documents.CLOCK, Documents.RANDOM);
  }

  /** A PKCS#12 file as another program writes it. */
  private SealFile foreign(KeyPair pair, Certificate... chain) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, WORD);
    store.setKeyEntry("1", pair.getPrivate(), WORD, chain);
    Path path = folder.resolve("bought.p12");
    try (var out = Files.newOutputStream(path)) {
      store.store(out, WORD);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    return new SealFile(path, WORD);
  }

  private static X509Certificate certificate(KeyPair pair) throws Exception {
    return Authorities.forSeals(issuer, "Open Estuary", pair, BEGAN, YEAR.multipliedBy(3));
  }

  private static byte[] pem(X509Certificate... certificates) throws Exception {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static KeyPair pairOf(SealKey key) {
    return new KeyPair(key.chain().get(0).getPublicKey(), key.privateKey());
  }

  @Test
  void anRsaKeyOfAnAuthoritySealsAndItsRootIsLeftOut() throws Exception {
    X509Certificate own = certificate(rsa);
    SealKey key = foreign(rsa, own, issuer.certificate(), root.certificate()).open();
    assertThat(key.kind()).isEqualTo("RSA 3072");
    assertThat(key.issuer()).isEqualTo("CN=Example Issuer");
    assertThat(key.certificates()).hasSize(2);
    byte[] sealed = Seal.seal(Documents.unsealed(), key, Documents.SEALED_AT);
    assertThat(SealCheck.check(sealed))
        .isInstanceOfSatisfying(
            IntactSeal.class,
            seal -> {
              assertThat(seal.fingerprint()).isEqualTo(key.fingerprint());
              assertThat(seal.expires()).isEqualTo(own.getNotAfter().toInstant());
              assertThat(seal.stamp()).isEmpty();
            });
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    SealFile bought = foreign(rsa, certificate(rsa), issuer.certificate());
    assertThatThrownBy(() -> new SealFile(bought.path(), "guess".toCharArray()).open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bought.p12 is no seal key that can be read")
        .hasMessageContaining("password");
  }

  @Test
  void aKeyThatCannotSealIsNamed() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair small = generator.generateKeyPair();
    assertThatThrownBy(() -> foreign(small, certificate(small)).open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected P-256 or RSA of 3072 to 8192 bits");
  }

  @Test
  void aCertificateForOtherUsesIsNamed() throws Exception {
    assertThatThrownBy(() -> foreign(issuer.pair(), issuer.certificate()).open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not for signatures");
  }

  @Test
  void anAuthorityCertifiesTheKeyThatIsThere() throws Exception {
    SealKey before = made();
    X509Certificate bought = certificate(pairOf(before));
    SealKey after = file.install(pem(bought, issuer.certificate()), "new.pem", Documents.CLOCK);
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(file.open().fingerprint()).isEqualTo(after.fingerprint());
    assertThat(file.open().certificates()).hasSize(2);
    assertThat(SealKey.open(SealKey.former(file.path(), before.fingerprint())).fingerprint())
        .isEqualTo(before.fingerprint());
    assertThat(
            file.install(pem(bought, issuer.certificate()), "again", Documents.CLOCK).fingerprint())
        .isEqualTo(after.fingerprint());
  }

  @Test
  void whatDoesNotFitIsNotInstalled() throws Exception {
    SealKey key = made();
    X509Certificate own = certificate(pairOf(key));
    assertThatThrownBy(() -> file.install(pem(certificate(rsa)), "x.pem", Documents.CLOCK))
        .hasMessageContaining("x.pem begins with a certificate of another key");
    assertThatThrownBy(() -> file.install(pem(own, root.certificate()), "x.pem", Documents.CLOCK))
        .hasMessageContaining("do not belong together");
    assertThatThrownBy(() -> file.install(new byte[] {'x'}, "x.pem", Documents.CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x.pem holds");
    assertThatThrownBy(
            () -> file.install(pem(own), "x.pem", () -> BEGAN.plus(YEAR.multipliedBy(4))))
        .isInstanceOf(SealRefused.class)
        .hasMessageContaining("ended on");
    assertThat(file.open().fingerprint()).isEqualTo(key.fingerprint());
  }

  @Test
  void aNewKeyMayBeOfTheOtherKind() throws Exception {
    SealKey before = made();
    SealKey after =
        file.rotate(SealAlgorithm.RSA, "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    assertThat(after.kind()).isEqualTo("RSA 3072");
    assertThat(file.open().fingerprint()).isEqualTo(after.fingerprint());
    assertThat(SealKey.former(file.path(), before.fingerprint())).exists();
  }

  @Test
  void anEndIsWarnedOfSixtyDaysBefore() throws Exception {
    SealKey key = made();
    Instant end = key.expires();
    assertThat(key.warning(end.minus(Duration.ofDays(61)))).isEmpty();
    assertThat(key.warning(end.minus(Duration.ofDays(59))).orElseThrow())
        .contains("ends in 59 days")
        .contains("almoner receipts seal rotate");
    assertThat(key.warning(end.plusSeconds(1)).orElseThrow()).contains("nothing is sealed");
  }

  @Test
  void nothingIsSealedOutsideTheCertificatesValidity() throws Exception {
    SealKey key = made();
    byte[] unsealed = Documents.unsealed();
    assertThatThrownBy(() -> Seal.seal(unsealed, key, key.expires().plusSeconds(1)))
        .isInstanceOf(SealRefused.class)
        .hasMessageStartingWith("the seal's certificate ended on " + key.expires());
    assertThatThrownBy(() -> Seal.seal(unsealed, key, key.since().minusSeconds(1)))
        .isInstanceOf(SealRefused.class)
        .hasMessageContaining("begins on");
  }

  @Test
  void openSslReadsTheRequest() throws Exception {
    SealKey key = made();
    Path request = folder.resolve("seal.csr");
    Files.writeString(request, SealRequest.pem(key, "DE"));
    Tool.Said said =
        Tool.run("openssl", "req", "-in", request.toString(), "-noout", "-verify", "-text");
    assertThat(said.text())
        .contains("verify OK")
        .contains("C = DE", "CN = Open Estuary")
        .contains("Digital Signature, Non Repudiation");
    assertThat(SealRequest.pem(key, "")).startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
  }

  @Test
  void aTextWithoutACertificateIsNone() {
    List<byte[]> texts = new ArrayList<>();
    texts.add(new byte[0]);
    texts.add("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".getBytes());
    texts.add(new byte[CertificatePem.BYTES_MAX + 1]);
    for (byte[] text : texts) {
      assertThatThrownBy(() -> CertificatePem.parse(text, "a.pem"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("a.pem h");
    }
  }
}
