package org.almoner.tax.issue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.Choice;
import org.almoner.tax.jurisdiction.FiscalYear;
import org.almoner.tax.jurisdiction.Gate;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.register.Registered;

/** Under which profile a donor's document is made, and what that asks for; for any thread. */
public final class Terms {
  private final Gate gate;
  private final BenefitsLedger benefits;

  /** What the charity gave donors in return. */
  @FunctionalInterface
  public interface BenefitsLedger {
    /** What {@code donor} was given from {@code from} to {@code to}. */
    Benefits of(DonorId donor, LocalDate from, LocalDate to) throws IOException;
  }

  /** Lets {@code gate} choose. */
  public Terms(Gate gate, BenefitsLedger benefits) {
    this.gate = gate;
    this.benefits = benefits;
  }

  /** The generic profile for everybody, and nothing given in return. */
  static Terms generic() {
    return new Terms(Gate.closed(), (donor, from, to) -> new Benefits.NoneRecorded());
  }

  /**
   * The choice for one donor.
   *
   * @param period the days of the year asked for, as the profile counts them
   * @param sequence what the document's number begins with
   * @param keepUntil last day on which the law of its place wants a copy kept; the generic profile
   *     is of no place
   * @param missing what the profile asks of the donor's data and the directory has not, a phrase
   *     each
   */
  record Chosen(
      Choice choice, Period period, String sequence, LocalDate keepUntil, List<String> missing) {
    Chosen {
      missing = List.copyOf(missing);
    }

    Profile profile() {
      return choice.profile();
    }
  }

  /** What holds for a donor's document of {@code year}. */
  Chosen choose(Donor donor, int year, LocalDate today) {
    Choice choice = gate.choose(donor.country(), donor.kind(), today);
    Profile profile = choice.profile();
    FiscalYear fiscal = profile.fiscalYear();
    Period period = new Period(fiscal.from(year), fiscal.to(year));
    List<String> missing = new ArrayList<>();
    if (profile.addressRequired() && donor.address().isEmpty()) {
      missing.add("the donor's address");
    }
    return new Chosen(
        choice,
        period,
        profile.numbering().sequence(period.to().getYear()),
        profile.isGeneric() ? Registered.NO_DUTY : profile.retention().keptUntil(today),
        missing);
  }

  /** The year that is running for a donor on {@code today}, as their profile counts it. */
  int runningYear(Donor donor, LocalDate today) {
    return gate.choose(donor.country(), donor.kind(), today).profile().fiscalYear().of(today);
  }

  /** All profiles in use. */
  List<Profile> profiles() {
    return gate.profiles();
  }

  /** The days of {@code year} as that profile in use counts them whose year ends first. */
  Period endingFirst(int year) {
    Period first = Period.year(year);
    for (Profile profile : gate.profiles()) {
      FiscalYear fiscal = profile.fiscalYear();
      if (fiscal.to(year).isBefore(first.to())) {
        first = new Period(fiscal.from(year), fiscal.to(year));
      }
    }
    return first;
  }

  /** What the charity gave the donor in a period. */
  Benefits benefits(DonorId donor, Period period) throws IOException {
    return benefits.of(donor, period.from(), period.to());
  }
}
