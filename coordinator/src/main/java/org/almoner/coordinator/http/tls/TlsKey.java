package org.almoner.coordinator.http.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A private key with the certificate chain that belongs to it, ready to be shown to callers. */
public final class TlsKey {
  private static final byte[] PROBE = {1, 2, 3, 4};

  private final SSLContext context;
  private final Instant expires;

  private TlsKey(SSLContext context, Instant expires) {
    this.context = context;
    this.expires = expires;
  }

  /**
   * Takes a key whose first certificate is its own.
   *
   * @param file names the certificates, for the refusal
   * @throws IOException when they do not belong together, in one sentence
   */
  static TlsKey of(List<X509Certificate> chain, PrivateKey key, String file) throws IOException {
    X509Certificate own = chain.get(0);
    try {
      if (!belongs(own, key)) {
        throw new IOException(
            "the private key does not belong to the first certificate in "
                + file
                + " ("
                + own.getSubjectX500Principal().getName()
                + "): give the key it was issued for, and put its own certificate before those of"
                + " the authorities");
      }
      char[] none = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry("almoner", key, none, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, none);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new TlsKey(context, own.getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate in " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Whether what the key signs verifies under the certificate. */
  private static boolean belongs(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException, IOException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519" -> "Ed25519";
          default ->
              throw new IOException(
                  "a TLS key is RSA, EC or Ed25519, this one is " + key.getAlgorithm());
        };
    if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certificate.getPublicKey());
    verifying.update(PROBE);
    return verifying.verify(signature);
  }

  /** What a TLS engine is made of. */
  public SSLContext context() {
    return context;
  }

  /** When its certificate ends. */
  public Instant expires() {
    return expires;
  }
}
