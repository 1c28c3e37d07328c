package org.almoner.tax.register;

import java.time.LocalDate;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/**
 * One document of the register, as its events left it.
 *
 * @param number unique, given once, never again
 * @param from first day of its period
 * @param to last day of its period
 * @param pdf digest of the sealed file; {@link Hash#ZERO} until it is stored
 * @param issuedOn the day it was issued; the day of reservation until then
 */
public record Registered(
    String number,
    DonorId donor,
    LocalDate from,
    LocalDate to,
    State state,
    Hash pdf,
    LocalDate issuedOn) {
  /** How far a document has come. */
  public enum State {
    /** The number is taken; nothing was sealed. */
    RESERVED,
    /** The sealed file is stored; its commitment may not be logged yet. */
    SEALED,
    /** Sealed, logged and given out. */
    ISSUED,
    /** Given out; its donor was erased, and its evidence with the donor. The file is kept. */
    KEPT,
    /** Its donor was erased, and all of it but the number. */
    ERASED
  }

  Registered sealed(Hash digest) {
    return new Registered(number, donor, from, to, State.SEALED, digest, issuedOn);
  }

  Registered issued(LocalDate on) {
    return new Registered(number, donor, from, to, State.ISSUED, pdf, on);
  }

  Registered erased(State as) {
    return new Registered(number, donor, from, to, as, pdf, issuedOn);
  }

  /** Whether it was given out, and there is still something of it. */
  public boolean shown() {
    return state == State.ISSUED || state == State.KEPT;
  }

  /** Whether the period shares a day with {@code first} to {@code last}. */
  public boolean overlaps(LocalDate first, LocalDate last) {
    return !from.isAfter(last) && !to.isBefore(first);
  }
}
