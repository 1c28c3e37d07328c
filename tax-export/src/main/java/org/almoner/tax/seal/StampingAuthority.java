package org.almoner.tax.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time-stamping authority that a charity asks for each document.
 *
 * <p>What it answers is checked before it is used: that it answers this question, is about this
 * signature, holds, comes from somebody under the charity's own list of roots, and says about the
 * time that our clock says. An authority that does not answer is asked {@value #ATTEMPTS} times.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161</a>
 */
public final class StampingAuthority implements Stamper {
  /** How often one that does not answer is asked. */
  public static final int ATTEMPTS = 3;

  /** Largest difference between its clock and ours. */
  public static final Duration SKEW_MAX = Duration.ofMinutes(10);

  private static final int NONCE_BITS = 64;

  /** Waits between two attempts. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after some seconds, longer after the second attempt than after the first. */
    void after(int attempt) throws InterruptedException;
  }

  private final String name;
  private final StampLine line;
  private final List<X509Certificate> roots;
  private final RandomGenerator random;
  private final Pause pause;

  /**
   * Asks nobody yet.
   *
   * @param name what to call it in a sentence, such as its address
   * @param roots under one of which its certificate must be
   * @param random draws a number for each question; safe for several threads
   */
  public StampingAuthority(
      String name,
      StampLine line,
      List<X509Certificate> roots,
      RandomGenerator random,
      Pause pause) {
    this.name = name;
    this.line = line;
    this.roots = List.copyOf(roots);
    this.random = random;
    this.pause = pause;
  }

  @Override
  public Bytes stamp(Bytes signature, Instant now) throws SealRefused {
    TimeStampRequest request = request(signature);
    TimeStampResponse response = ask(request);
    StampToken token = granted(request, response);
    TimeStamp stamp;
    try {
      stamp = TimeStamp.check(token, signature);
    } catch (StampRejected e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
    if (!stamp.under(roots)) {
      throw refused(
          "its certificate, of \""
              + stamp.authority()
              + "\", is under none of the roots of receipts.tsa-roots; add the authority's root"
              + " there if you trust it");
    }
    if (Duration.between(stamp.time(), now).abs().compareTo(SKEW_MAX) > 0) {
      throw refused(
          "it says the time is "
              + stamp.time()
              + ", this computer's clock says "
              + now
              + "; set the clock right");
    }
    return token.encode();
  }

  private TimeStampRequest request(Bytes signature) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    byte[] nonce = new byte[NONCE_BITS / Byte.SIZE];
    random.nextBytes(nonce);
    try {
      return generator.generate(
          TSPAlgorithms.SHA256,
          Hash.sha256(signature.toArray()).toArray(),
          new BigInteger(1, nonce));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("a request in memory must encode", e);
    }
  }

  private TimeStampResponse ask(TimeStampRequest request) throws SealRefused {
    for (int attempt = 1; ; attempt++) {
      try {
        return new TimeStampResponse(line.ask(request.getEncoded()));
      } catch (IOException | TSPException | RuntimeException e) {
        if (attempt == ATTEMPTS) {
          throw new SealRefused(
              "the time-stamping authority "
                  + name
                  + " did not answer, asked "
                  + ATTEMPTS
                  + " times (the last time: "
                  + e.getMessage()
                  + "); nothing was sealed without its stamp: try again later, the documents that"
                  + " are done stay",
              e);
        }
        rest(attempt);
      }
    }
  }

  private void rest(int attempt) throws SealRefused {
    try {
      pause.after(attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SealRefused("interrupted while waiting for the time-stamping authority " + name, e);
    }
  }

  private StampToken granted(TimeStampRequest request, TimeStampResponse response)
      throws SealRefused {
    try {
      response.validate(request);
      TimeStampToken token = response.getTimeStampToken();
      if (token == null) {
        throw refused("it refused: " + response.getStatusString());
      }
      return StampToken.tidied(token.toCMSSignedData().toASN1Structure());
    } catch (TSPException | RuntimeException e) {
      throw refused("its answer does not fit the question: " + e.getMessage(), e);
    }
  }

  private SealRefused refused(String why) {
    return new SealRefused(sentence(why));
  }

  private SealRefused refused(String why, Throwable cause) {
    return new SealRefused(sentence(why), cause);
  }

  private String sentence(String why) {
    return "the time stamp of " + name + " cannot be used, so nothing was sealed: " + why;
  }
}
