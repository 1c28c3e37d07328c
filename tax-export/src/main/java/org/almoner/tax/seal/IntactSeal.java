package org.almoner.tax.seal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.almoner.protocol.bytes.Hash;

/**
 * A seal that holds: not an octet of the file has changed since its key signed it. Holding one is
 * the proof; only {@link SealCheck} makes them.
 *
 * <p>It says nothing about who holds the key: compare the {@link #fingerprint} with a list you
 * trust.
 */
public final class IntactSeal implements SealFinding {
  private final Hash fingerprint;
  private final String name;
  private final Instant claimedTime;
  private final int unsealedLength;
  private final Instant expires;
  private final List<LocalDate> dated;
  private final List<TimeStamp> stamps;

  /**
   * @param dated the date of issue; none or one
   * @param stamps none or one
   */
  IntactSeal(
      Hash fingerprint,
      String name,
      Instant claimedTime,
      int unsealedLength,
      Instant expires,
      List<LocalDate> dated,
      List<TimeStamp> stamps) {
    this.fingerprint = fingerprint;
    this.name = name;
    this.claimedTime = claimedTime;
    this.unsealedLength = unsealedLength;
    this.expires = expires;
    this.dated = List.copyOf(dated);
    this.stamps = List.copyOf(stamps);
  }

  /** SHA-256 of the certificate. */
  public Hash fingerprint() {
    return fingerprint;
  }

  /** The name in the certificate, which its holder chose. */
  public String name() {
    return name;
  }

  /** When the holder of the key says it was sealed. */
  public Instant claimedTime() {
    return claimedTime;
  }

  /** Number of octets at the beginning of the file that are the document before sealing. */
  public int unsealedLength() {
    return unsealedLength;
  }

  /** When the certificate ends. */
  public Instant expires() {
    return expires;
  }

  /** The date of issue that the document states to programs, which is the printed one. */
  public Optional<LocalDate> dated() {
    return dated.stream().findFirst();
  }

  /** An authority's word of when it was sealed, where the seal carries one. */
  public Optional<TimeStamp> stamp() {
    return stamps.stream().findFirst();
  }

  @Override
  public <T> T match(
      Function<IntactSeal, T> intact, Function<Unsealed, T> unsealed, Function<Broken, T> broken) {
    return intact.apply(this);
  }

  @Override
  public String toString() {
    return "intact seal of \"" + name + "\", certificate " + fingerprint + ", " + claimedTime;
  }
}
