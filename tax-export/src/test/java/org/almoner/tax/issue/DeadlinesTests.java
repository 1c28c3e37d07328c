package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.DonorKind;
import org.almoner.tax.jurisdiction.Gate;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.Reviews;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.register.ReceiptRegister;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile whose donors need the document sixty days after the year, by 1 March. */
class DeadlinesTests {
  private static final DonorId ADA = SmallLog.donor(1);

  @TempDir Path temp;
  private Desk desk;
  private Terms terms;
  private Optional<byte[]> summary = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(temp.resolve("desk"));
    desk.gave(ADA, "Ada Example", 1);
    desk.donors.put(
        new Donor(ADA, "Ada Example", List.of("1 Street"), "AT", DonorKind.INDIVIDUAL, "en"));
    desk.gave(SmallLog.donor(2), "Bea of no country", 1);
    Profile profile =
        Profile.parse(
            new String(ShippedProfiles.octets("generic"), StandardCharsets.UTF_8)
                .replace("id: generic\n", "id: at-own\n")
                .replace("jurisdiction: any", "jurisdiction: AT")
                .concat("\ntiming: {issue_within_days: 60}\n")
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
    terms =
        new Terms(
            new Gate(List.of(profile), reviews), (donor, from, to) -> new Benefits.NoneRecorded());
  }

  private List<Deadlines.Due> look(String day) throws Exception {
    return look(day, desk.register());
  }

  private List<Deadlines.Due> look(String day, ReceiptRegister register) throws Exception {
    Instant at = Instant.parse(day + "T12:00:00Z");
    Deadlines deadlines =
        new Deadlines(desk.log, register, desk.donors, terms, year -> summary, () -> at);
    List<Deadlines.Due> due = deadlines.look();
    assertThat(deadlines.due()).isEqualTo(due);
    return due;
  }

  @Test
  void itIsToldFromTwoWeeksBeforeUntilEverybodyHasADocument() throws Exception {
    LocalDate by = LocalDate.of(2027, 3, 1);
    assertThat(look("2027-02-14")).isEmpty();
    assertThat(look("2027-02-15")).containsExactly(new Deadlines.Due("at-own", 2026, by, 1));
    assertThat(look("2027-02-15").get(0).sentence(by))
        .startsWith("1 donor under profile at-own needs a document of 2026 by 2027-03-01")
        .contains("'almoner receipts issue --year 2026'");
    assertThat(look("2027-03-02").get(0).sentence(by.plusDays(1))).contains("has passed");
    desk.issuer(desk.register(), terms).issue(2026);
    assertThat(look("2027-03-02")).isEmpty();
  }

  @Test
  void aYearIsToldOfUntilTheNextOneHasPassedUnlessItIsClosed() throws Exception {
    Deadlines.Due first = new Deadlines.Due("at-own", 2026, LocalDate.of(2027, 3, 1), 1);
    Deadlines.Due second = new Deadlines.Due("at-own", 2027, LocalDate.of(2028, 2, 29), 1);
    assertThat(look("2027-12-31")).containsExactly(first);
    assertThat(look("2028-01-05")).as("a new year forgets nothing").containsExactly(first);
    assertThat(look("2028-02-20")).containsExactly(first, second);
    ReceiptRegister register = desk.register();
    register.close(2026, LocalDate.of(2028, 2, 20));
    assertThat(look("2028-02-20", register)).containsExactly(second);
  }

  @Test
  void whoBeganAfterTheYearIsNotCounted() throws Exception {
    DonorId late = SmallLog.donor(3);
    long january = Instant.parse("2027-01-10T10:00:00Z").toEpochMilli();
    desk.donors.put(
        new Donor(late, "Cy Example", List.of("1 Street"), "AT", DonorKind.INDIVIDUAL, "en"));
    desk.log.report(late, january, 1);
    assertThat(look("2027-02-15")).extracting(Deadlines.Due::without).containsExactly(1);
  }

  @Test
  void whatWasLookedUpLastIsAnswered() throws Exception {
    Deadlines deadlines =
        new Deadlines(
            desk.log,
            desk.register(),
            desk.donors,
            terms,
            year -> summary,
            () -> Instant.parse("2027-02-15T12:00:00Z"));
    assertThat(deadlines.due()).isEmpty();
    deadlines.refresh();
    assertThat(deadlines.due()).hasSize(1);
    desk.issuer(desk.register(), terms).issue(2026);
    assertThat(deadlines.due()).as("until it is looked up again").hasSize(1);
    assertThat(deadlines.last()).isEqualTo(1);
  }

  @Test
  void whoGotNoneForWantOfResultsAndAYearThatWasClosedAreLeftOut() throws Exception {
    summary = Optional.of((ADA + ",,skipped,no-name,\"x\"\r\n").getBytes(StandardCharsets.UTF_8));
    assertThat(look("2027-03-02")).hasSize(1);
    summary = Optional.of((ADA + ",,skipped,nothing,\"x\"\r\n").getBytes(StandardCharsets.UTF_8));
    assertThat(look("2027-03-02")).isEmpty();
    summary = Optional.empty();
    ReceiptRegister register = desk.register();
    register.close(2026, LocalDate.of(2027, 2, 20));
    assertThat(look("2027-03-02", register)).isEmpty();
  }
}
