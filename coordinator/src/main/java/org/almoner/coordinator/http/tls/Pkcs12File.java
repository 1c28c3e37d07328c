package org.almoner.coordinator.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A PKCS#12 file with a private key and its chain. */
public final class Pkcs12File implements TlsFiles {
  private final Path file;
  private final char[] password;

  /** Nothing is read yet. */
  public Pkcs12File(Path file, char[] password) {
    this.file = file;
    this.password = password.clone();
  }

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public TlsKey load() throws IOException {
    try {
      KeyStore store = store();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          List<X509Certificate> chain = new ArrayList<>();
          for (Certificate certificate : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) certificate);
          }
          return TlsKey.of(chain, key, file.toString());
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("the TLS file " + file + " cannot be used: " + e.getMessage(), e);
    }
    throw new IOException(
        "the TLS file " + file + " holds no private key; export the key with its chain");
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    byte[] octets = TlsFiles.read(file, "a PKCS#12 file");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(octets), password);
    } catch (IOException e) {
      throw new IOException(
          "the TLS file "
              + file
              + (e.getCause() instanceof GeneralSecurityException
                  ? " does not open with the password given"
                  : " is not a PKCS#12 file; export the key and its chain as PKCS#12"),
          e);
    }
    return store;
  }
}
