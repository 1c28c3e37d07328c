package org.almoner.tax.register;

import java.time.LocalDate;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/**
 * One document of the register, as its events left it.
 *
 * @param number unique, given once, never again
 * @param place its place in its sequence
 * @param donor to whom
 * @param from first day of its period
 * @param to last day of its period
 * @param profile id, version and digest of the profile whose words it uses; empty in old registers
 * @param keepUntil last day on which the profile wants a copy kept; {@link #NO_DUTY} where it names
 *     no years
 * @param state how far it has come
 * @param pdf digest of the sealed file; {@link Hash#ZERO} until it is stored
 * @param issuedOn the day it was issued; the day of reservation until then
 * @param replaces number of the document it stands for, or empty
 * @param replacedBy number of the document that stands for it, or empty
 * @param reason why it was cancelled, or empty
 * @param statement index of the log's entry of the statement in it; {@link #NO_ENTRY} until it is
 *     sealed
 * @param receipt where the log holds that it was issued
 * @param change index of the log's entry that it was replaced or cancelled; {@link #NO_ENTRY} until
 *     then
 * @param fourEyes whether a second operator has to confirm that it is replaced or cancelled, as its
 *     profile had it when the number was taken; true where an early register does not tell
 */
public record Registered(
    String number,
    Place place,
    DonorId donor,
    LocalDate from,
    LocalDate to,
    String profile,
    LocalDate keepUntil,
    State state,
    Hash pdf,
    LocalDate issuedOn,
    String replaces,
    String replacedBy,
    String reason,
    long statement,
    LogPlace receipt,
    long change,
    boolean fourEyes) {
  /** No entry of the log. */
  public static final long NO_ENTRY = -1;

  /** No profile asks that a copy be kept. */
  public static final LocalDate NO_DUTY = LocalDate.EPOCH;

  /** Stands for the count in the name of a series. */
  public static final String COUNT = "#";

  /** Longest reason of a cancellation, in characters. */
  public static final int REASON_MAX = 200;

  /** How far a document has come. */
  public enum State {
    /** The number is taken; nothing was sealed. */
    RESERVED,
    /** The sealed file is stored; its commitment may not be logged yet. */
    SEALED,
    /** Sealed, logged and given out. */
    ISSUED,
    /** Given out; another document stands for it now. The file is kept and readable. */
    REPLACED,
    /** The number counts no more, for a reason. What was sealed is kept and readable. */
    CANCELLED,
    /** Given out; its donor was erased, and its evidence with the donor. The file is kept. */
    KEPT,
    /** Its donor was erased, and all of it but the number. */
    ERASED
  }

  /**
   * Where a number stands in a sequence.
   *
   * @param series the number without its count, such as {@code 2026-#}
   * @param serial the count, from 1
   */
  public record Place(String series, long serial) {}

  Registered sealed(Hash digest, long leaf) {
    return with(State.SEALED, digest, issuedOn, replacedBy, reason, leaf, receipt, change);
  }

  Registered issued(LocalDate on, LogPlace logged) {
    return with(State.ISSUED, pdf, on, replacedBy, reason, statement, logged, change);
  }

  Registered replaced(String by, long entry) {
    return with(State.REPLACED, pdf, issuedOn, by, reason, statement, receipt, entry);
  }

  Registered cancelled(String why, long entry) {
    return with(State.CANCELLED, pdf, issuedOn, replacedBy, why, statement, receipt, entry);
  }

  Registered erased(State as) {
    return with(as, pdf, issuedOn, replacedBy, reason, statement, receipt, change);
  }

  private Registered with(
      State next,
      Hash digest,
      LocalDate on,
      String by,
      String why,
      long leaf,
      LogPlace issuing,
      long changing) {
    return new Registered(
        number, place, donor, from, to, profile, keepUntil, next, digest, on, replaces, by, why,
        leaf, issuing, changing, fourEyes);
  }

  /** Whether there is a sealed file of it that may be shown to its donor. */
  public boolean shown() {
    return switch (state) {
      case RESERVED, SEALED, ERASED -> false;
      case ISSUED, REPLACED, KEPT -> true;
      case CANCELLED -> receipt.isLogged();
    };
  }

  /** Whether its number was given out and then withdrawn, whoever was erased since. */
  public boolean isWithdrawn() {
    return !replacedBy.isEmpty() || !reason.isEmpty();
  }

  /** Whether the period shares a day with {@code first} to {@code last}. */
  public boolean overlaps(LocalDate first, LocalDate last) {
    return !from.isAfter(last) && !to.isBefore(first);
  }
}
