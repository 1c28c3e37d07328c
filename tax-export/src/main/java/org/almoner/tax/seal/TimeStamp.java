package org.almoner.tax.seal;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * An authority's word that a signature existed at a moment. Holding one is the proof that its own
 * signature holds and is about that signature; only this package makes them.
 *
 * <p>It says nothing about who the authority is: {@link #under} compares with roots you trust.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161</a>
 */
public final class TimeStamp {
  private final Instant time;
  private final List<X509Certificate> path;

  private TimeStamp(Instant time, List<X509Certificate> path) {
    this.time = time;
    this.path = List.copyOf(path);
  }

  /**
   * Checks a token.
   *
   * @param signature what it must be about
   * @throws StampRejected in one sentence when it does not hold
   */
  static TimeStamp check(StampToken token, Bytes signature) throws StampRejected {
    try {
      TimeStampToken stamp = new TimeStampToken(ContentInfo.getInstance(token.encode().toArray()));
      boolean about =
          NISTObjectIdentifiers.id_sha256.equals(stamp.getTimeStampInfo().getMessageImprintAlgOID())
              && Arrays.equals(
                  stamp.getTimeStampInfo().getMessageImprintDigest(),
                  Hash.sha256(signature.toArray()).toArray());
      if (!about) {
        throw new StampRejected("the time stamp was made for another signature");
      }
      List<X509Certificate> path = token.path();
      stamp.validate(new JcaSimpleSignerInfoVerifierBuilder().build(path.get(0)));
      for (int i = 0; i + 1 < path.size(); i++) {
        path.get(i).verify(path.get(i + 1).getPublicKey());
      }
      return new TimeStamp(stamp.getTimeStampInfo().getGenTime().toInstant(), path);
    } catch (TSPValidationException e) {
      throw new StampRejected("the time stamp does not hold: " + e.getMessage());
    } catch (TSPException
        | OperatorCreationException
        | GeneralSecurityException
        | java.io.IOException
        | RuntimeException e) {
      // Bouncy Castle reports malformed structures by several unchecked exceptions.
      throw new StampRejected("the time stamp does not hold: its signature or form was altered");
    }
  }

  /** The moment, by the authority's clock. */
  public Instant time() {
    return time;
  }

  /** The name in the authority's certificate. */
  public String authority() {
    return CommonName.of(path.get(0));
  }

  /**
   * Whether the authority's certificate was, at that moment, one of somebody trusted. Looks up no
   * revocation: nothing is asked over the network.
   *
   * @param roots certificates of authorities
   */
  public boolean under(List<X509Certificate> roots) {
    if (roots.isEmpty()) {
      return false;
    }
    if (roots.contains(path.get(0))) {
      return true;
    }
    Set<TrustAnchor> anchors = new HashSet<>();
    roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
    try {
      CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(time));
      CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "time stamp of \"" + authority() + "\", " + time;
  }
}
