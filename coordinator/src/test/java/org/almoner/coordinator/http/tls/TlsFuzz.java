package org.almoner.coordinator.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Both readers of PEM, for octets that come from anywhere. */
public final class TlsFuzz {
  private TlsFuzz() {}

  /** A file of the tests. */
  public static byte[] resource(String name) {
    try (var in = TlsFuzz.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a chain and a key, or is refused in one sentence. */
  public static void read(byte[] octets) {
    try {
      assertThat(PemFiles.chain(octets, "FILE")).isNotEmpty();
    } catch (IOException refused) {
      assertThat(refused).message().contains("FILE");
    }
    try {
      var certified = PemFiles.chain(resource("ec.crt"), "ec.crt").get(0).getPublicKey();
      PemKey.parse(new String(octets, StandardCharsets.ISO_8859_1), "FILE", certified);
    } catch (IOException refused) {
      assertThat(refused).message().contains("FILE");
    }
  }
}
