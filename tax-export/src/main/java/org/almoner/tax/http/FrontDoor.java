package org.almoner.tax.http;

import java.util.SortedMap;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.identity.DonorId;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking; whoever is not let in is told so by an exception the server turns into a problem.
 */
public interface FrontDoor {
  /** The name of the operator's own token. */
  String FIRST_OPERATOR = "operator";

  /** Lets only the operator pass. */
  void requireOperator(@Nullable String authorization);

  /**
   * The operator whose token came, by name: {@link #FIRST_OPERATOR} for the operator's own, or the
   * name of one who was added.
   */
  String requireSomeOperator(@Nullable String authorization);

  /**
   * Lets somebody look at documents and ask for, or confirm, that one is replaced or cancelled; a
   * name that is taken is refused. Returns when it is durable.
   *
   * @return the token, shown once
   * @throws IllegalArgumentException when the name is taken, or is none
   */
  String addOperator(String name);

  /** The donor whose token came. */
  DonorId requireDonor(@Nullable String authorization);

  /** Opens an account; returns when it is durable. */
  Opened openAccount();

  /** All accounts, each with how many computers were ever linked to it. */
  SortedMap<DonorId, Integer> accounts();

  /** Whether the donor has an account, or had one and was erased. */
  boolean knows(DonorId donor);

  /** What the coordinator holds of a donor, to be told before it is erased; may take seconds. */
  Held held(DonorId donor);

  /**
   * Erases a donor at the coordinator: account, computers, and the keys of what opens the donor's
   * entries. Returns when all is destroyed; again, it destroys again.
   *
   * @param reason the operator's words
   * @param keepDocuments what is to become of the sealed files, so that a start can finish it
   */
  void erase(DonorId donor, String reason, boolean keepDocuments);

  /** Lines whose openings were destroyed; may take seconds. */
  ErasedLeaves erasedLeaves();

  /**
   * What there is of a donor.
   *
   * @param lines usage lines in the log that can be opened
   * @param computers ever linked
   * @param erased whether the donor was erased before
   */
  record Held(long lines, int computers, boolean erased) {}

  /** A new account and the token that reads it, shown once. */
  record Opened(DonorId donor, String token) {}
}
