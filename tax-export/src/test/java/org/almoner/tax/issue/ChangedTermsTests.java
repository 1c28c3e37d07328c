package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.DonorKind;
import org.almoner.tax.jurisdiction.Gate;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.Reviews;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a donor for whom another profile is reviewed between two runs. */
class ChangedTermsTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 12, 31);

  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(temp.resolve("desk"));
    desk.gave(ADA, "Ada Example", 1);
    desk.donors.put(
        new Donor(ADA, "Ada Example", List.of("1 Street"), "AT", DonorKind.INDIVIDUAL, "en"));
  }

  /** The generic words for Austria, with a year that begins on {@code start}; reviewed. */
  private static Terms austrian(String start) throws Exception {
    String yaml;
    try (InputStream in = Profile.class.getResourceAsStream("profiles/generic.yaml")) {
      yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Profile profile =
        Profile.parse(
            yaml.replace("id: generic\n", "id: at-own\n")
                .replace("jurisdiction: any", "jurisdiction: AT")
                .replace("pattern: \"[year]", "pattern: \"AT-[year]")
                .replace("start: \"01-01\"", "start: \"" + start + "\"")
                .getBytes(StandardCharsets.UTF_8));
    Reviews reviews =
        Reviews.parse(
            """
            reviews_schema: 1
            reviews:
              - profile: at-own
                digest: %s
                reviewer: Jane Roe
                licence: "RA 123"
                reviewed_on: 2026-01-01
                expires_on: 2029-11-30
            """
                .formatted(profile.digest().toHex())
                .getBytes(StandardCharsets.UTF_8));
    return terms(new Gate(List.of(profile), reviews), new Benefits.NoneRecorded());
  }

  private static Terms terms(Gate gate, Benefits benefits) {
    return new Terms(gate, (donor, from, to) -> benefits);
  }

  private List<IssueReply> issue(Terms terms, int year) throws Exception {
    return desk.issuer(desk.register(), terms).issue(year);
  }

  /** A number, as a run leaves it that died before the file was stored. */
  private void reserved(String replaces) throws Exception {
    desk.register()
        .reserve(
            List.of(
                new ReceiptRegister.Request(
                    ADA,
                    FIRST,
                    LAST,
                    "2026-",
                    Profile.generic().name(),
                    Registered.NO_DUTY,
                    replaces,
                    false)),
            LocalDate.of(2027, 2, 1));
  }

  @Test
  void aReservedNumberIsUsedAgainUnderTheSameTerms() throws Exception {
    reserved("");
    assertThat(issue(Terms.generic(), 2026))
        .extracting(IssueReply::number)
        .containsExactly("2026-000001");
  }

  @Test
  void aNumberReservedUnderOtherTermsIsGivenUpAndAFreshOneTaken() throws Exception {
    reserved("");
    assertThat(issue(austrian("01-01"), 2026))
        .extracting(IssueReply::number)
        .containsExactly("AT-2026-000001");
    ReceiptRegister register = desk.register();
    assertThat(register.all())
        .extracting(Registered::number, Registered::state, Registered::reason)
        .containsExactly(
            tuple("2026-000001", Registered.State.CANCELLED, IssueGroup.TERMS_CHANGED),
            tuple("AT-2026-000001", Registered.State.ISSUED, ""));
    Registered issued = register.find("AT-2026-000001").orElseThrow();
    assertThat(issued.profile()).startsWith("at-own ");
    assertThat(issued.keepUntil()).isEqualTo(LocalDate.of(2037, 12, 31));
  }

  @Test
  void aDeathBetweenGivingUpAndTakingLeavesTheDonorToTheNextRun() throws Exception {
    reserved("");
    ReceiptRegister register = desk.register();
    register.cancel(
        register.find("2026-000001").orElseThrow(), IssueGroup.TERMS_CHANGED, Registered.NO_ENTRY);
    assertThat(issue(austrian("01-01"), 2026))
        .extracting(IssueReply::number)
        .containsExactly("AT-2026-000001");
  }

  @Test
  void aReplacementBegunUnderOtherTermsTakesAFreshNumberToo() throws Exception {
    assertThat(issue(Terms.generic(), 2026)).hasSize(1);
    reserved("2026-000001");
    assertThat(desk.issuer(desk.register(), austrian("01-01")).replace("2026-000001").number())
        .isEqualTo("AT-2026-000001");
    assertThat(desk.register().all())
        .extracting(Registered::number, Registered::state)
        .containsExactly(
            tuple("2026-000001", Registered.State.REPLACED),
            tuple("2026-000002", Registered.State.CANCELLED),
            tuple("AT-2026-000001", Registered.State.ISSUED));
  }

  @Test
  void aDocumentOfOtherDaysIsNotSaidToStandForTheYear() throws Exception {
    assertThat(issue(Terms.generic(), 2026)).hasSize(1);
    desk.now = Instant.parse("2027-11-02T00:00:00Z");
    assertThat(issue(austrian("10-01"), 2027))
        .extracting(IssueReply::state, IssueReply::reason, IssueReply::sentence)
        .containsExactly(
            tuple(
                IssueReply.State.SKIPPED,
                IssueReply.Reason.OTHER_PERIOD,
                "2026-000001 covers 2026-01-01 to 2026-12-31, the donor's year is 2026-10-01 to"
                    + " 2027-09-30 now; cancel it and issue again, or the other days stay without"
                    + " a document"));
  }

  @Test
  void aRefusedPageTakesNoNumberAndNoEntryOfTheLog() throws Exception {
    Terms unconfirmed = terms(Gate.closed(), new Benefits.Unknown());
    long size = desk.log.checkpoint().checkpoint().size();
    assertThat(issue(unconfirmed, 2026))
        .extracting(IssueReply::number, IssueReply::reason)
        .containsExactly(tuple("", IssueReply.Reason.REFUSED));
    assertThat(desk.register().all()).isEmpty();
    assertThat(desk.log.checkpoint().checkpoint().size()).isEqualTo(size);

    assertThat(issue(Terms.generic(), 2026)).hasSize(1);
    long then = desk.log.checkpoint().checkpoint().size();
    assertThatThrownBy(() -> desk.issuer(desk.register(), unconfirmed).replace("2026-000001"))
        .isInstanceOf(DrawingFailed.class)
        .hasMessageContaining("benefits register");
    assertThat(desk.register().all()).hasSize(1);
    assertThat(desk.log.checkpoint().checkpoint().size()).isEqualTo(then);
  }

  @Test
  void aYearThatEndsBeforeTheCalendarsIsIssuedWhenItHasClosedAndOthersWait() throws Exception {
    DonorId bea = SmallLog.donor(2);
    desk.gave(bea, "Bea Example", 1);
    desk.now = Instant.parse("2027-05-01T23:59:59Z");
    assertThatThrownBy(() -> issue(austrian("04-01"), 2027))
        .isInstanceOf(DrawingFailed.class)
        .hasMessageContaining("the year 2027 closes on 2027-05-02 (UTC)");
    desk.now = Instant.parse("2027-05-02T00:00:00Z");
    assertThat(issue(austrian("04-01"), 2027))
        .extracting(IssueReply::number, IssueReply::reason)
        .containsExactly(
            tuple("AT-2027-000001", IssueReply.Reason.NONE), tuple("", IssueReply.Reason.OPEN));
    assertThatThrownBy(() -> desk.issuer(desk.register(), austrian("04-01")).close(2027))
        .as("the year of others is not over")
        .hasMessageContaining("2028-02-01");
  }

  @Test
  void theRunningYearIsTheOneOfTheDonorsProfile() throws Exception {
    Issuer issuer = desk.issuer(desk.register(), austrian("04-01"));
    assertThat(issuer.runningYear(ADA, LocalDate.of(2027, 3, 31))).isEqualTo(2027);
    assertThat(issuer.runningYear(ADA, LocalDate.of(2027, 4, 1))).isEqualTo(2028);
    assertThat(issuer.runningYear(SmallLog.donor(9), LocalDate.of(2027, 4, 1))).isEqualTo(2027);
    Issuer calendar = desk.issuer(desk.register(), austrian("01-01"));
    assertThat(calendar.runningYear(ADA, LAST)).isEqualTo(2026);
  }
}
