package org.almoner.tax.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTests {
  private static final LocalDate TODAY = LocalDate.of(2027, 1, 18);
  private final Profile profile = tiny("");

  /** A profile for persons and companies in Austria, with {@code more} fields. */
  private static Profile tiny(String more) {
    try {
      return Profile.parse(
          new String(ShippedProfiles.octets("generic"), StandardCharsets.UTF_8)
              .replace("id: generic\n", "id: at-own\n")
              .replace("jurisdiction: any", "jurisdiction: AT")
              .replace("individual, business, partnership, public-body", "individual, business")
              .concat(more)
              .getBytes(StandardCharsets.UTF_8));
    } catch (MalformedProfile e) {
      throw new AssertionError(e);
    }
  }

  private static Reviews reviews(Profile profile, String facts) throws MalformedProfile {
    return Reviews.parse(
        ("""
        reviews_schema: 1
        reviews:
          - profile: at-own
            digest: %s
            reviewer: Jane Roe
            licence: "RA 123"
            reviewed_on: 2026-12-01
            expires_on: 2027-11-30
        """
                    .formatted(profile.digest().toHex())
                + facts)
            .getBytes(StandardCharsets.UTF_8));
  }

  private Choice choose(Reviews reviews, String country, DonorKind kind, LocalDate today) {
    return new Gate(List.of(profile), reviews).choose(country, kind, today);
  }

  @Test
  void aReviewedProfileForTheDonorsCountryAndKindIsChosen() throws Exception {
    Choice choice = choose(reviews(profile, ""), "AT", DonorKind.BUSINESS, TODAY);
    assertThat(choice.profile()).isEqualTo(profile);
    assertThat(choice.wording("en").specimenOnly()).isFalse();
    assertThat(choice.wording("en").source())
        .isEqualTo("at-own 2026.2, reviewed by Jane Roe (RA 123) on 1 December 2026");
  }

  @Test
  void anotherCountryKindOrNoCountryMeansGenericAndSaysWhy() throws Exception {
    Reviews reviews = reviews(profile, "");
    assertThat(choose(reviews, "DE", DonorKind.INDIVIDUAL, TODAY).profile())
        .isEqualTo(Profile.generic());
    assertThat(choose(reviews, "AT", DonorKind.PUBLIC_BODY, TODAY).why())
        .isEqualTo("no profile in use is for public-body donors in AT");
    assertThat(choose(reviews, "", DonorKind.INDIVIDUAL, TODAY).why())
        .isEqualTo("the donor directory has no country for this donor");
    assertThat(choose(reviews, "DE", DonorKind.INDIVIDUAL, TODAY).wording("en").source())
        .isEqualTo("generic 2026.2");
  }

  @Test
  void withoutAReviewTheGenericProfileIsUsed() {
    Choice choice = choose(Reviews.NONE, "AT", DonorKind.INDIVIDUAL, TODAY);
    assertThat(choice.profile()).isEqualTo(Profile.generic());
    assertThat(choice.why()).isEqualTo("at-own is not used: no lawyer's review of it is on file");
  }

  @Test
  void oneChangedOctetVoidsTheReview() throws Exception {
    Gate gate = new Gate(List.of(tiny("#")), reviews(profile, ""));
    assertThat(gate.choose("AT", DonorKind.INDIVIDUAL, TODAY).why())
        .isEqualTo("at-own is not used: it was changed since it was reviewed");
  }

  @Test
  void aReviewCountsFromItsDayToItsLast() throws Exception {
    Reviews reviews = reviews(profile, "");
    LocalDate last = LocalDate.of(2027, 11, 30);
    assertThat(choose(reviews, "AT", DonorKind.INDIVIDUAL, last).profile()).isEqualTo(profile);
    assertThat(choose(reviews, "AT", DonorKind.INDIVIDUAL, last.plusDays(1)).why())
        .contains("its review expired on 2027-11-30");
    assertThat(choose(reviews, "AT", DonorKind.INDIVIDUAL, LocalDate.of(2026, 11, 30)).why())
        .contains("which is to come");
  }

  @Test
  void aProfileThatIsNotInForceIsNotUsed() throws Exception {
    Profile ended = tiny("\neffective_to: 2026-12-31\n");
    Gate gate = new Gate(List.of(ended), reviews(ended, ""));
    assertThat(gate.choose("AT", DonorKind.INDIVIDUAL, TODAY).why())
        .isEqualTo("at-own is not used: it is in force from 2026-01-01 to 2026-12-31");
  }

  private static final String NOTICE =
      """

      authority_of_charity:
        - {id: notice, label: {en: Notice, de: Notice, fr: Notice}, format: "N-\\\\d+", example: N-1, max_age_years: 5, one_of: standing, printed: false}
        - {id: finding, label: {en: Finding, de: Finding, fr: Finding}, format: "F-\\\\d+", example: F-1, max_age_years: 3, one_of: standing, printed: true}
      """;

  private String why(String facts) throws Exception {
    Profile noticed = tiny(NOTICE);
    return new Gate(List.of(noticed), reviews(noticed, facts))
        .choose("AT", DonorKind.INDIVIDUAL, TODAY)
        .why();
  }

  @Test
  void theCharitysFactsMustBeThereAndInDateToTheDay() throws Exception {
    assertThat(why(""))
        .isEqualTo(
            "at-own is not used: the charity's notice is not known and the charity's finding is"
                + " not known");
    assertThat(why("facts:\n  - {id: notice, value: N-7, dated: 2022-01-18}\n"))
        .startsWith("at-own is for");
    assertThat(why("facts:\n  - {id: notice, value: N-7, dated: 2022-01-17}\n"))
        .contains("the charity's notice counted until 2027-01-17");
    assertThat(why("facts:\n  - {id: finding, value: F-7, dated: 2024-01-18}\n"))
        .startsWith("at-own is for");
    assertThat(why("facts:\n  - {id: finding, value: F-7, dated: 2024-01-17}\n"))
        .contains("the charity's finding counted until 2027-01-17");
    assertThat(
            why(
                "facts:\n  - {id: notice, value: N-7, dated: 2026-01-17, valid_until: 2026-12-31}\n"))
        .contains("the charity's notice counted until 2026-12-31");
    assertThat(why("facts:\n  - {id: notice, value: seven, dated: 2026-01-17}\n"))
        .contains("is \"seven\"; it looks like N-1");
    assertThat(why("facts:\n  - {id: notice, value: N-7, dated: 2027-01-19}\n"))
        .contains("is dated 2027-01-19");
  }

  @Test
  void onlyFactsThatAreToBePrintedArePrinted() throws Exception {
    Profile noticed = tiny(NOTICE);
    String facts =
        "facts:\n  - {id: notice, value: N-7, dated: 2026-01-17}\n"
            + "  - {id: finding, value: F-7, dated: 2026-01-17}\n";
    Choice choice =
        new Gate(List.of(noticed), reviews(noticed, facts))
            .choose("AT", DonorKind.INDIVIDUAL, TODAY);
    assertThat(choice.wording("en").facts()).containsExactly("Finding F-7");
  }

  @Test
  void theFirstOfTwoThatFitIsTaken() throws Exception {
    Profile second = tiny("# second\n");
    Reviews both =
        new Reviews(
            List.of(),
            List.of(reviews(profile, "").reviews().get(0), reviews(second, "").reviews().get(0)));
    assertThat(
            new Gate(List.of(second, profile), both)
                .choose("AT", DonorKind.INDIVIDUAL, TODAY)
                .profile())
        .isEqualTo(second);
  }

  @Test
  void aFaultInTheReviewsNamesItsField() {
    assertThatThrownBy(
            () ->
                Reviews.parse(
                    """
                    reviews_schema: 1
                    reviews:
                      - profile: a-b
                        digest: 7
                        reviewer: Jane Roe
                        licence: x
                        reviewed_on: yesterday
                        expires_on: 2027-01-01
                    """
                        .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            MalformedProfile.class,
            malformed ->
                assertThat(malformed.faults())
                    .extracting(ProfileFault::field)
                    .containsExactly("reviews[0].digest", "reviews[0].reviewed_on"));
  }

  @Test
  void aClosedGateKnowsTheGenericProfileAlone() {
    assertThat(Gate.closed().profiles()).containsExactly(Profile.generic());
    assertThat(Gate.closed().choose("AT", DonorKind.INDIVIDUAL, TODAY).profile().isGeneric())
        .isTrue();
  }
}
