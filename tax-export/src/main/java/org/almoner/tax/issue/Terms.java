package org.almoner.tax.issue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.register.NumberPattern;
import org.almoner.tax.register.Registered;

/** Under which profile a donor's document is made, and what that asks for. */
public interface Terms {
  /** What holds for a donor's document of the period that begins in {@code year}. */
  Chosen choose(Donor donor, int year, LocalDate today);

  /** What the charity gave the donor in a period. */
  Benefits benefits(DonorId donor, Period period) throws IOException;

  /** Whether a second operator has to confirm that a document is replaced or cancelled. */
  boolean fourEyes(Registered document);

  /**
   * The choice for one donor.
   *
   * @param why why it is this profile and no other, one sentence; empty where there is no question
   * @param period the days of the year asked for, as the profile counts them
   * @param numbers how the document's number is written
   * @param keepUntil last day on which a copy has to be kept; {@link Registered#NO_DUTY} for none
   * @param missing what the profile asks of the donor's data and the directory has not, a phrase
   *     each
   */
  record Chosen(
      Profile profile,
      String why,
      Period period,
      NumberPattern numbers,
      LocalDate keepUntil,
      List<String> missing) {
    public Chosen {
      missing = List.copyOf(missing);
    }
  }

  /** One profile for everybody, calendar years, and nothing given in return. */
  static Terms always(Profile profile) {
    return new Terms() {
      @Override
      public Chosen choose(Donor donor, int year, LocalDate today) {
        return new Chosen(
            profile, "", Period.year(year), NumberPattern.STANDARD, Registered.NO_DUTY, List.of());
      }

      @Override
      public Benefits benefits(DonorId donor, Period period) {
        return new Benefits.NoneRecorded();
      }

      @Override
      public boolean fourEyes(Registered document) {
        return false;
      }
    };
  }
}
