package org.almoner.tax.http;

import org.almoner.protocol.identity.DonorId;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking; whoever is not let in is told so by an exception the server turns into a problem.
 */
public interface FrontDoor {
  /** Lets only the operator pass. */
  void requireOperator(@Nullable String authorization);

  /** The donor whose token came. */
  DonorId requireDonor(@Nullable String authorization);

  /** Opens an account; returns when it is durable. */
  Opened openAccount();

  /** A new account and the token that reads it, shown once. */
  record Opened(DonorId donor, String token) {}
}
