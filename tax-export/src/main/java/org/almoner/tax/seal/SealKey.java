package org.almoner.tax.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The key a charity seals its documents with, and its certificate: one that the charity issued to
 * itself, or one of a certificate authority with those that lead to it.
 *
 * <p>The {@link #fingerprint} of the certificate is what the charity publishes and what a reader's
 * trust file lists: nobody need believe an authority. The key lives in a {@link SealFile}.
 */
public final class SealKey {
  /** How long a new certificate is valid. */
  public static final Duration VALIDITY = Duration.ofDays(20 * 365);

  /** Time before its end from which a certificate is warned of. */
  public static final Duration WARN_BEFORE = Duration.ofDays(60);

  /** Octets of a container beside certificates and signature; measured 300. */
  private static final int FRAME_BYTES = 700;

  /** Which bits of a certificate's key usage allow a seal: signatures, and commitments. */
  private static final int SIGNATURE = 0;

  private static final int COMMITMENT = 1;

  private final PrivateKey privateKey;
  private final List<X509Certificate> chain;
  private final SealAlgorithm algorithm;
  private final int signatureBytes;

  /**
   * @param signatureBytes octets of a signature, within a few
   */
  private SealKey(
      PrivateKey privateKey,
      List<X509Certificate> chain,
      SealAlgorithm algorithm,
      int signatureBytes) {
    this.privateKey = privateKey;
    this.chain = List.copyOf(chain);
    this.algorithm = algorithm;
    this.signatureBytes = signatureBytes;
  }

  /**
   * A key with its certificate.
   *
   * @param chain the key's own certificate first, each issued by the next; a root that issued
   *     itself is left out
   * @param file what to name in a sentence
   * @throws IOException in one sentence when the key cannot seal, or chain or key do not fit
   */
  static SealKey of(PrivateKey key, List<X509Certificate> chain, String file) throws IOException {
    List<X509Certificate> used = withoutRoot(chain);
    X509Certificate own = used.get(0);
    Optional<SealAlgorithm> algorithm = SealAlgorithm.of(own.getPublicKey());
    if (algorithm.isEmpty()) {
      throw new IOException(
          file
              + " holds a key that cannot seal: "
              + own.getPublicKey().getAlgorithm()
              + "; expected P-256 or RSA of "
              + SealAlgorithm.RSA_BITS_MIN
              + " to "
              + SealAlgorithm.RSA_BITS_MAX
              + " bits");
    }
    if (!mayBeSealedWith(own)) {
      throw new IOException(
          file
              + " holds a certificate that is not for signatures; ask the authority for one with"
              + " the key usage digitalSignature or nonRepudiation");
    }
    SealKey given = new SealKey(key, chain, algorithm.get(), 0);
    given.requireFitting(file);
    SealKey made = new SealKey(key, used, algorithm.get(), given.sign(new byte[0]).length);
    made.requireRoom(file);
    return made;
  }

  /** As {@link SealFile#openOrCreate}, of the file that Almoner makes itself. */
  public static SealKey openOrCreate(
      Path path, String charityName, InstantSource clock, SecureRandom random) throws IOException {
    return new SealFile(path).openOrCreate(charityName, clock, random);
  }

  /**
   * As {@link SealFile#open}, of the file that Almoner makes itself.
   *
   * @throws NoSuchFileException when there is none
   */
  public static SealKey open(Path path) throws IOException {
    return new SealFile(path).open();
  }

  /** As {@link SealFile#rotate}, of the file that Almoner makes itself; the new one is P-256. */
  public static SealKey rotate(
      Path path, String charityName, InstantSource clock, SecureRandom random) throws IOException {
    return new SealFile(path).rotate(SealAlgorithm.P256, charityName, clock, random);
  }

  /** Where a key that was replaced in {@code path} is kept. */
  public static Path former(Path path, Hash fingerprint) {
    return path.resolveSibling("seal." + fingerprint.toHex() + ".p12");
  }

  /** Whether a certificate's key usage lets it seal. */
  static boolean mayBeSealedWith(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return usage != null && (usage[SIGNATURE] || usage[COMMITMENT]);
  }

  private static List<X509Certificate> withoutRoot(List<X509Certificate> chain) {
    X509Certificate last = chain.get(chain.size() - 1);
    boolean root = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    return root && chain.size() > 1 ? chain.subList(0, chain.size() - 1) : chain;
  }

  /** Refuses a key whose certificate is another's, and a chain that is none. */
  private void requireFitting(String file) throws IOException {
    byte[] probe = "almoner/seal-key-probe".getBytes(StandardCharsets.US_ASCII);
    try {
      if (!algorithm.verifies(chain.get(0).getPublicKey(), probe, sign(probe))) {
        throw new IOException(file + " holds a certificate of another key; restore it from a copy");
      }
      for (int i = 0; i + 1 < chain.size(); i++) {
        chain.get(i).verify(chain.get(i + 1).getPublicKey());
      }
    } catch (GeneralSecurityException | IllegalStateException e) {
      throw new IOException(
          file
              + " holds certificates or a key that do not belong together: "
              + e.getMessage()
              + "; give the key's certificate first, each followed by the one that issued it",
          e);
    }
  }

  private void requireRoom(String file) throws IOException {
    if (chain.size() > SealContainer.CHAIN_MAX || needed() > largest()) {
      throw new IOException(
          file
              + " holds a chain that is too long for a seal: "
              + chain.size()
              + " certificates; at most "
              + SealContainer.CHAIN_MAX
              + " and some "
              + largest()
              + " octets");
    }
  }

  private static int largest() {
    return Seal.PLAIN_BYTES.get(Seal.PLAIN_BYTES.size() - 1);
  }

  private int needed() {
    int certificates = certificates().stream().mapToInt(Bytes::size).sum();
    return certificates + signatureBytes + FRAME_BYTES;
  }

  /** Room for a container without a time stamp, in octets. */
  int room() {
    int needed = needed();
    return Seal.PLAIN_BYTES.stream().filter(room -> room >= needed).findFirst().orElseThrow();
  }

  /** Since when the certificate is valid. */
  public Instant since() {
    return chain.get(0).getNotBefore().toInstant();
  }

  /** When the certificate ends. */
  public Instant expires() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /** A sentence for the operator when the certificate ends soon or has ended. */
  public Optional<String> warning(Instant now) {
    if (now.isAfter(expires())) {
      return Optional.of(ended());
    }
    if (now.plus(WARN_BEFORE).isBefore(expires())) {
      return Optional.empty();
    }
    return Optional.of(
        "the seal's certificate ends in "
            + Duration.between(now, expires()).toDays()
            + " days, on "
            + expires()
            + "; from then on no document can be sealed: "
            + renewal());
  }

  /**
   * Refuses to seal when the certificate is not valid.
   *
   * @throws SealRefused in one sentence
   */
  void requireValid(Instant at) throws SealRefused {
    if (at.isAfter(expires())) {
      throw new SealRefused(ended());
    }
    if (at.isBefore(since())) {
      throw new SealRefused(
          "the seal's certificate begins on "
              + since()
              + ", and this computer's clock says "
              + at
              + "; set the clock right, or wait");
    }
  }

  private String ended() {
    return "the seal's certificate ended on " + expires() + ", so nothing is sealed: " + renewal();
  }

  private static String renewal() {
    return "'almoner receipts seal rotate' draws another, or 'almoner receipts seal install' takes"
        + " a renewed one; documents so far stay valid";
  }

  /** Kind and length of the key, for people, such as {@code P-256} or {@code RSA 3072}. */
  public String kind() {
    return chain.get(0).getPublicKey() instanceof RSAPublicKey rsa
        ? algorithm.title() + " " + rsa.getModulus().bitLength()
        : algorithm.title();
  }

  /** Who is named in the certificate, as RFC 2253 writes it. */
  public String subject() {
    return chain.get(0).getSubjectX500Principal().getName();
  }

  /** Who issued the certificate; {@link #subject} when the charity did. */
  public String issuer() {
    return chain.get(0).getIssuerX500Principal().getName();
  }

  /** SHA-256 of the certificate: the key's name in a trust file. */
  public Hash fingerprint() {
    return Hash.sha256(certificateDer());
  }

  /** The certificate as DER. */
  public byte[] certificateDer() {
    return certificates().get(0).toArray();
  }

  /** The certificate and those that lead to its authority, DER. */
  List<Bytes> certificates() {
    return chain.stream().map(SealKey::der).toList();
  }

  private static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was parsed must encode", e);
    }
  }

  List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** The one signature of {@code message} that {@link SealCheck} accepts. */
  byte[] sign(byte[] message) {
    try {
      return algorithm.sign(privateKey, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "seal key " + fingerprint();
  }
}
