package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.pdf.Documents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealKeyTests {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("keys/seal.p12");
  }

  private SealKey openOrCreate() throws IOException {
    return SealKey.openOrCreate(file, "Open Estuary", Documents.CLOCK, Documents.RANDOM);
  }

  @Test
  void aNewKeyIsKeptAndFoundAgain() throws Exception {
    Hash fingerprint = openOrCreate().fingerprint();
    byte[] octets = Files.readAllBytes(file);
    assertThat(openOrCreate().fingerprint()).isEqualTo(fingerprint);
    assertThat(SealKey.open(file).fingerprint()).isEqualTo(fingerprint);
    assertThat(Files.readAllBytes(file)).isEqualTo(octets);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aReplacedKeyIsKeptReadOnlyUnderItsFingerprint() throws Exception {
    Hash old = openOrCreate().fingerprint();
    SealKey next = SealKey.rotate(file, "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    assertThat(openOrCreate().fingerprint()).isEqualTo(next.fingerprint()).isNotEqualTo(old);
    Path kept = SealKey.former(file, old);
    assertThat(SealKey.open(kept).fingerprint()).isEqualTo(old);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("r--------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLostKeyIsReplacedWithoutIt() throws Exception {
    Hash fingerprint =
        SealKey.rotate(file, "Open Estuary", Documents.CLOCK, Documents.RANDOM).fingerprint();
    assertThat(openOrCreate().fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    openOrCreate();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::openOrCreate)
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " has mode rw-r-----, so that others can read or change it; run: chmod 600 "
                + file);
  }

  @Test
  void aDamagedFileIsNeverReplaced() throws Exception {
    openOrCreate();
    byte[] octets = Files.readAllBytes(file);
    octets[octets.length / 2] ^= 1;
    Files.write(file, octets);
    assertThatThrownBy(this::openOrCreate)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no seal key that can be read")
        .hasMessageContaining("restore it from a copy");
    assertThat(Files.readAllBytes(file)).isEqualTo(octets);
  }

  @Test
  void anEmptyFileIsNoKey() throws Exception {
    Files.createDirectories(file.getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    assertThatThrownBy(this::openOrCreate).isInstanceOf(IOException.class);
  }

  @Test
  void openingDoesNotMakeAKey() {
    assertThatThrownBy(() -> SealKey.open(file)).isInstanceOf(NoSuchFileException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void theCertificateIsForSignaturesOfThisCharityFromNowOn() throws Exception {
    SealKey key = openOrCreate();
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(key.certificateDer()));
    certificate.verify(certificate.getPublicKey());
    assertThat(Ecdsa.onCurve(certificate.getPublicKey())).isTrue();
    assertThat(CommonName.of(certificate)).isEqualTo("Open Estuary");
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Documents.CLOCK.instant());
    assertThat(certificate.getNotAfter().toInstant())
        .isAfter(Instant.parse("2045-01-01T00:00:00Z"));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getKeyUsage()).startsWith(true, true, false);
    assertThat(key.fingerprint()).isEqualTo(Hash.sha256(key.certificateDer()));
  }

  @Test
  void twoKeysAreTwo() throws Exception {
    SealKey one = openOrCreate();
    file = folder.resolve("other.p12");
    assertThat(openOrCreate().fingerprint()).isNotEqualTo(one.fingerprint());
  }

  @Test
  void aLongNameIsCutToWhatACertificateMayCarry() throws Exception {
    SealKey key = SealKey.openOrCreate(file, "Ω".repeat(120), Documents.CLOCK, Documents.RANDOM);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(key.certificateDer()));
    assertThat(CommonName.of(certificate)).isEqualTo("Ω".repeat(64));
  }

  @Test
  void aSignatureHasOneForm() throws Exception {
    SealKey key = openOrCreate();
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(key.certificateDer()));
    byte[] message = {1, 2, 3};
    for (int i = 0; i < 20; i++) {
      byte[] signature = key.sign(message);
      assertThat(Ecdsa.verifies(certificate.getPublicKey(), message, signature)).isTrue();
      byte[] other = Twin.of(signature);
      assertThat(other).isNotEqualTo(signature);
      assertThat(Ecdsa.verifies(certificate.getPublicKey(), message, other)).isFalse();
    }
    assertThat(Ecdsa.verifies(certificate.getPublicKey(), message, new byte[70])).isFalse();
  }
}
