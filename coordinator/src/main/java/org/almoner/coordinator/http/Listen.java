package org.almoner.coordinator.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.coordinator.http.tls.PemFiles;
import org.almoner.coordinator.http.tls.Pkcs12File;
import org.almoner.coordinator.http.tls.RenewableTls;

/**
 * Where to listen, and whether in the clear. In the clear only loopback addresses are served:
 * tokens and signed work cross this socket.
 */
public final class Listen {
  private final InetSocketAddress address;
  private final Optional<RenewableTls> tls;

  private Listen(InetSocketAddress address, Optional<RenewableTls> tls) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "the host "
              + address.getHostString()
              + " has no address; listen on an address of this"
              + " machine");
    }
    this.address = address;
    this.tls = tls;
  }

  /**
   * Listens in the clear.
   *
   * @param address port 0 takes any free port
   * @throws IllegalArgumentException when the address can be reached from other machines
   */
  public static Listen plain(InetSocketAddress address) {
    Listen listen = new Listen(address, Optional.empty());
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "listening on "
              + address.getAddress().getHostAddress()
              + " without TLS would show tokens to the network; give --tls FILE (PKCS#12) or"
              + " --tls-certificate and --tls-key (PEM), or listen on 127.0.0.1 behind a proxy that"
              + " speaks TLS");
    }
    return listen;
  }

  /**
   * Listens with TLS 1.3 or 1.2.
   *
   * @param pkcs12 file with the private key and its certificate chain
   * @param password of the file
   * @throws IOException when the file cannot be read, opened or used, in one sentence
   */
  public static Listen tls(InetSocketAddress address, Path pkcs12, char[] password)
      throws IOException {
    return new Listen(address, Optional.of(RenewableTls.open(new Pkcs12File(pkcs12, password))));
  }

  /**
   * Listens with TLS 1.3 or 1.2; files that were renewed are taken while it runs.
   *
   * @param certificates PEM file with the server's certificate and then those of the authorities
   * @param key PEM file with the private key, not encrypted
   * @throws IOException when a file cannot be read or used, or they do not belong together, in one
   *     sentence
   */
  public static Listen pem(InetSocketAddress address, Path certificates, Path key)
      throws IOException {
    return new Listen(address, Optional.of(RenewableTls.open(new PemFiles(certificates, key))));
  }

  InetSocketAddress address() {
    return address;
  }

  /** Whether callers speak TLS. */
  public boolean isSecure() {
    return tls.isPresent();
  }

  /** Certificate and key; empty in the clear. */
  public Optional<RenewableTls> tls() {
    return tls;
  }
}
