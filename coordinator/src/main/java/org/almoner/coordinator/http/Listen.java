package org.almoner.coordinator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, and whether in the clear. In the clear only loopback addresses are served:
 * tokens and signed work cross this socket.
 */
public final class Listen {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final InetSocketAddress address;
  private final @Nullable SSLContext tls;

  private Listen(InetSocketAddress address, @Nullable SSLContext tls) {
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
    Listen listen = new Listen(address, null);
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "listening on "
              + address.getAddress().getHostAddress()
              + " without TLS would show tokens to the network; give --tls FILE (PKCS#12), or"
              + " listen on 127.0.0.1 behind a proxy that speaks TLS");
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
    return new Listen(address, context(pkcs12, password));
  }

  private static SSLContext context(Path pkcs12, char[] password) throws IOException {
    try {
      KeyStore store = load(pkcs12, password);
      if (!holdsKey(store)) {
        throw new IOException(
            "the TLS file " + pkcs12 + " holds no private key; export the key with its chain");
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the TLS file " + pkcs12 + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore load(Path pkcs12, char[] password)
      throws IOException, GeneralSecurityException {
    byte[] octets;
    try {
      octets = Files.readAllBytes(pkcs12);
    } catch (IOException e) {
      throw new IOException("the TLS file " + pkcs12 + " cannot be read; name a PKCS#12 file", e);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(octets), password);
    } catch (IOException e) {
      throw new IOException(
          "the TLS file "
              + pkcs12
              + (e.getCause() instanceof GeneralSecurityException
                  ? " does not open with the password given"
                  : " is not a PKCS#12 file; export the key and its chain as PKCS#12"),
          e);
    }
    return store;
  }

  private static boolean holdsKey(KeyStore store) throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return true;
      }
    }
    return false;
  }

  InetSocketAddress address() {
    return address;
  }

  /** Whether callers speak TLS. */
  public boolean isSecure() {
    return tls != null;
  }

  /** What Grizzly needs to speak TLS; empty in the clear. */
  Optional<SSLEngineConfigurator> engine() {
    if (tls == null) {
      return Optional.empty();
    }
    SSLEngineConfigurator engine = new SSLEngineConfigurator(tls, false, false, false);
    engine.setEnabledProtocols(PROTOCOLS);
    return Optional.of(engine);
  }
}
