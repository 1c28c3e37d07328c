package org.almoner.tax.seal;

import java.time.Instant;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * How a charity seals its documents: with which key, and with whose time stamp if with any. Safe
 * for use by several threads.
 *
 * <p>Where a time stamp was asked for, no document is ever sealed without one.
 */
public final class Sealer {
  /** No document has this digest. */
  private static final Hash PROBE = Hash.ZERO;

  private final SealKey key;
  private final List<Stamper> stampers;

  private Sealer(SealKey key, List<Stamper> stampers) {
    this.key = key;
    this.stampers = stampers;
  }

  /** Seals without a time stamp (PAdES B-B). */
  public static Sealer with(SealKey key) {
    return new Sealer(key, List.of());
  }

  /** Seals with a time stamp of {@code authority} (PAdES B-T). */
  public static Sealer stamped(SealKey key, StampingAuthority authority) {
    return new Sealer(key, List.of(authority));
  }

  /** The charity's key. */
  public SealKey key() {
    return key;
  }

  /**
   * Makes a seal of no document, with its time stamp if one is asked for, and throws it away; so
   * that nothing is promised in public which then cannot be sealed.
   *
   * @throws SealRefused where {@link #seal} would be refused at {@code at} too
   */
  public void requireReady(Instant at) throws SealRefused {
    key.requireValid(at);
    Seal.container(PROBE, key, stampers, at);
  }

  /**
   * The sealed document.
   *
   * @param unsealed a document of {@link org.almoner.tax.pdf.StatementPdf}
   * @param at time of sealing, kept to the second
   * @throws SealRefused when the key's certificate is not valid then, or when there is no time
   *     stamp to be had though one was asked for
   * @throws IllegalArgumentException when {@code unsealed} is no PDF with an empty seal field
   */
  public byte[] seal(byte[] unsealed, Instant at) throws SealRefused {
    key.requireValid(at);
    return Seal.unguarded(unsealed, key, stampers, at);
  }
}
