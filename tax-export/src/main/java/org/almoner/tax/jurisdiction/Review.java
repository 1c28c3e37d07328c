package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import org.almoner.protocol.bytes.Hash;

/**
 * A lawyer's word that the charity may use a profile as it is.
 *
 * @param profile the profile's id
 * @param digest SHA-256 of the profile's file; another octet is another profile
 * @param reviewer the lawyer's name, as documents print it
 * @param licence number of their licence, as documents print it
 * @param reviewedOn the day of the review
 * @param expiresOn the last day on which it counts
 */
public record Review(
    String profile,
    Hash digest,
    String reviewer,
    String licence,
    LocalDate reviewedOn,
    LocalDate expiresOn) {
  /** Refuses a review that expired before it was made. */
  public Review {
    if (expiresOn.isBefore(reviewedOn)) {
      throw new IllegalArgumentException(
          "expires on " + expiresOn + ", before it was made on " + reviewedOn);
    }
  }
}
