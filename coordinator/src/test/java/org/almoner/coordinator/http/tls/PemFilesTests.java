package org.almoner.coordinator.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFilesTests {
  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (var in = PemFilesTests.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), resource(name));
  }

  private PemFiles files(String certificate, String key) throws IOException {
    return new PemFiles(file(certificate), file(key));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt,rsa.key",
    "rsa.crt,rsa-old.key",
    "ec.crt,ec.key",
    "ec.crt,ec-old.key",
    "ed25519.crt,ed25519.key"
  })
  void everyUsualFormOfAKeyIsRead(String certificate, String key) throws IOException {
    assertThat(files(certificate, key).load().expires()).isAfter("2100-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt,encrypted.key,is encrypted",
    "rsa.crt,encrypted-old.key,is encrypted",
    "rsa.crt,rsa.crt,holds no private key",
    "rsa.key,rsa.key,holds no certificate",
    "rsa.crt,ec.key,is not the RSA key that the certificate was issued for",
    "ended.crt,rsa.key,is not the EC key that the certificate was issued for",
  })
  void whatCannotServeIsNamed(String certificate, String key, String words) throws IOException {
    PemFiles files = files(certificate, key);
    assertThatThrownBy(files::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    Path chain = folder.resolve("chain.pem");
    Files.write(chain, resource("ec.crt"));
    Path other = Files.write(folder.resolve("other.key"), OTHER_EC.getBytes());
    assertThatThrownBy(() -> new PemFiles(chain, other).load())
        .hasMessageContaining("does not belong to the first certificate in " + chain);
  }

  @Test
  void aChainWithTheAuthorityFirstIsRefused() throws IOException {
    Path chain = folder.resolve("chain.pem");
    Files.write(chain, resource("ed25519.crt"));
    Files.write(chain, resource("ec.crt"), java.nio.file.StandardOpenOption.APPEND);
    Path key = file("ec.key");
    assertThatThrownBy(() -> new PemFiles(chain, key).load()).isInstanceOf(IOException.class);
  }

  @Test
  void aFileThatEndsInsideABlockIsNamed() throws IOException {
    String whole = new String(resource("ec.crt"), java.nio.charset.StandardCharsets.US_ASCII);
    Path cut = Files.writeString(folder.resolve("cut.crt"), whole.substring(0, 200));
    Path key = file("ec.key");
    assertThatThrownBy(() -> new PemFiles(cut, key).load())
        .hasMessage(cut + " ends inside a block: the line -----END CERTIFICATE----- is missing");
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> new PemFiles(absent, key).load())
        .hasMessage(
            "the TLS file " + absent + " cannot be read; name the certificate chain in PEM");
  }

  @Test
  void renewedFilesAreTakenOnceTheyBelongTogether() throws IOException {
    Instant now = Instant.parse("2026-11-20T00:00:00Z");
    Path certificate = Files.write(folder.resolve("now.crt"), resource("ended.crt"));
    Path key = Files.write(folder.resolve("now.key"), resource("ended.key"));
    RenewableTls tls = RenewableTls.open(new PemFiles(certificate, key));
    assertThat(tls.warning(now).orElseThrow()).contains("ended at 2021-01-01T00:00:00Z");
    var before = tls.context();

    assertThat(tls.look(now)).as("nothing changed").isFalse();
    Files.write(certificate, resource("rsa.crt"));
    assertThat(tls.look(now)).as("the key is still the old one").isFalse();
    assertThat(tls.context()).isSameAs(before);
    Files.delete(key);
    assertThat(tls.look(now)).as("the key is being replaced").isFalse();
    Files.write(key, resource("rsa.key"));
    assertThat(tls.look(now)).isTrue();
    assertThat(tls.context()).isNotSameAs(before);
    assertThat(tls.warning(now)).isEmpty();
  }

  @Test
  void anEndThatIsNearIsWarnedOf() throws IOException {
    RenewableTls tls = RenewableTls.open(files("ended.crt", "ended.key"));
    assertThat(tls.warning(Instant.parse("2020-12-25T00:00:00Z")).orElseThrow())
        .contains("ends in 7 days");
    assertThat(tls.warning(Instant.parse("2020-12-01T00:00:00Z"))).isEmpty();
  }

  private static final String OTHER_EC =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/duCuYyMnEIEOESx
      ZG6PsMtPSXyeyGf+e20efXzV60yhRANCAASwon41/CvqwoOIT0Bi+1j8wHiRYIHi
      ScxUY6Lo//55jrBn54W8vuffdd/ywxGhoqB+siAymghxI8mnZmW44R+e
      -----END PRIVATE KEY-----
      """;
}
