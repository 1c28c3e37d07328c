package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssueRunsTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final DonorId NAMELESS = SmallLog.donor(2);
  private static final DonorId WAITING = SmallLog.donor(3);

  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(temp.resolve("desk"));
  }

  private IssueRuns runs() throws Exception {
    return new IssueRuns(desk.issuer(), temp.resolve("runs"), Runnable::run, () -> desk.now);
  }

  private void unsettled(DonorId donor) throws Exception {
    desk.donors.put(Donor.named(donor, "Cy Example", List.of()));
    desk.log.report(donor, Desk.NOVEMBER, 3);
  }

  @Test
  void aRunSaysWhoGotNoneAndWhy() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    desk.donors.erase(NAMELESS);
    unsettled(WAITING);
    IssueRuns runs = runs();
    runs.start(2026, List.of());
    assertThat(runs.status())
        .extracting(
            RunStatus::state, RunStatus::issued, RunStatus::skipped, RunStatus::remainingSeconds)
        .containsExactly(RunStatus.State.DONE, 1, 2, -1L);
    assertThat(new String(runs.summary(2026).orElseThrow(), StandardCharsets.UTF_8).split("\r\n"))
        .containsExactly(
            "donor,number,state,reason,sentence",
            ADA + ",2026-000001,issued,none,\"\"",
            NAMELESS + ",,skipped,no-name,\"the donor directory has no name for this donor\"",
            WAITING
                + ",,skipped,not-matured,\"none of the 3 results returned has been settled yet\"");
    assertThat(runs.summary(2025)).isEmpty();
  }

  @Test
  void aRunThatDiedGoesOnInTheNextProcessAndItsSummaryIsWhole() throws Exception {
    List<DonorId> donors = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      donors.add(SmallLog.donor(i));
      desk.gave(SmallLog.donor(i), "Donor " + i, 1);
    }
    desk.dieAt(9);
    IssueRuns first = runs();
    first.start(2026, List.of());
    assertThat(first.status().state()).isEqualTo(RunStatus.State.FAILED);
    assertThat(first.status().failure()).contains("the power went", "the same command goes on");
    assertThat(first.summary(2026)).isEmpty();

    desk.dieAt(Long.MAX_VALUE);
    IssueRuns second = runs();
    second.resume();
    assertThat(second.status().state()).isEqualTo(RunStatus.State.DONE);
    assertThat(second.summary(2026)).isPresent();
    assertThat(desk.register().all())
        .hasSize(5)
        .allMatch(document -> document.state() == Registered.State.ISSUED)
        .extracting(Registered::donor)
        .containsExactlyElementsOf(donors);
    IssueRuns third = runs();
    third.resume();
    assertThat(third.status().state()).as("nothing is left").isEqualTo(RunStatus.State.NONE);
  }

  @Test
  void aRunThatCannotSealWaitsAndGoesOnAtTheNextStartWithWhatWasSealed() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    Instant good = desk.now;
    AtomicInteger worked = new AtomicInteger();
    // Two drafts and one page; then the certificate has ended.
    IssueRuns runs =
        new IssueRuns(
            desk.issuer(
                work -> {
                  work.run();
                  if (worked.incrementAndGet() == 3) {
                    desk.now = Instant.parse("2099-01-01T00:00:00Z");
                  }
                }),
            temp.resolve("runs"),
            Runnable::run,
            () -> desk.now);
    runs.start(2026, List.of());
    assertThat(runs.status().state()).isEqualTo(RunStatus.State.STOPPED);
    assertThat(runs.status().failure())
        .startsWith("nothing can be sealed now: ")
        .endsWith("it goes on by itself on 2099-01-01T00:01:00Z, or at once with the same command");
    assertThat(temp.resolve("runs").resolve("run.json")).exists();
    assertThat(desk.register().all())
        .extracting(Registered::state)
        .containsExactly(Registered.State.SEALED, Registered.State.RESERVED);
    Registered sealed = desk.register().all().get(0);

    desk.now = good;
    IssueRuns next = runs();
    next.resume();
    assertThat(next.status().state()).isEqualTo(RunStatus.State.DONE);
    assertThat(desk.register().all())
        .extracting(Registered::state)
        .containsOnly(Registered.State.ISSUED);
    assertThat(desk.register().all().get(0).pdf()).isEqualTo(sealed.pdf());
    assertThat(temp.resolve("runs").resolve("run.json")).doesNotExist();
  }

  @Test
  void aRunThatCannotSealGoesOnByItselfAfterLongerAndLongerPauses() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    Instant good = desk.now;
    AtomicInteger worked = new AtomicInteger();
    AtomicReference<Instant> now = new AtomicReference<>(good);
    // Two drafts and one page; then the certificate has ended for a while.
    IssueRuns runs =
        new IssueRuns(
            desk.issuer(
                work -> {
                  work.run();
                  if (worked.incrementAndGet() == 3) {
                    desk.now = Instant.parse("2099-01-01T00:00:00Z");
                  }
                }),
            temp.resolve("runs"),
            Runnable::run,
            now::get);
    runs.start(2026, List.of(ADA, NAMELESS));
    assertThat(runs.status().failure()).contains("by itself on 2027-02-02T00:01:00Z");
    now.set(good.plusSeconds(59));
    runs.goOn();
    assertThat(runs.status().failure()).as("not yet").contains("on 2027-02-02T00:01:00Z");
    now.set(good.plusSeconds(60));
    runs.goOn();
    assertThat(runs.status().failure()).as("still refused").contains("on 2027-02-02T00:03:00Z");

    desk.now = good;
    now.set(good.plusSeconds(180));
    runs.goOn();
    assertThat(runs.status())
        .extracting(RunStatus::state, RunStatus::issued, RunStatus::donors)
        .containsExactly(RunStatus.State.DONE, 2, 2);
    assertThat(temp.resolve("runs").resolve("run.json")).doesNotExist();
  }

  /** A run of this desk's, which tells the time that {@code now} says. */
  private IssueRuns runs(AtomicReference<Instant> now) throws Exception {
    return new IssueRuns(desk.issuer(), temp.resolve("runs"), Runnable::run, now::get);
  }

  private static String text(java.util.Optional<byte[]> summary) {
    return new String(summary.orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void whileNothingCanBeSealedNothingIsLogged() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    long size = desk.log.checkpoint().checkpoint().size();
    AtomicReference<Instant> now = new AtomicReference<>(desk.now);
    IssueRuns runs = runs(now);
    desk.now = Instant.parse("2099-01-01T00:00:00Z");
    runs.start(2026, List.of());
    for (int i = 0; i < 5; i++) {
      assertThat(runs.status().state()).isEqualTo(RunStatus.State.STOPPED);
      now.set(now.get().plus(IssueRuns.PAUSE_MAX));
      runs.goOn();
    }
    assertThat(desk.log.checkpoint().checkpoint().size()).isEqualTo(size);
  }

  @Test
  void anotherRunIsRefusedWhileOneWaitsForItsSeal() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    Instant good = desk.now;
    AtomicReference<Instant> now = new AtomicReference<>(good);
    IssueRuns runs = runs(now);
    desk.now = Instant.parse("2099-01-01T00:00:00Z");
    runs.start(2026, List.of());
    assertThatThrownBy(() -> runs.start(2026, List.of(ADA)))
        .isInstanceOf(DrawingFailed.class)
        .hasMessage(
            "another run waits for its seal and goes on by itself on 2027-02-02T00:01:00Z;"
                + " 'almoner receipts issue --year 2026' tries it at once, and when it is done"
                + " give this command again");
    assertThatThrownBy(() -> runs.start(2025, List.of())).isInstanceOf(DrawingFailed.class);
    runs.start(2026, List.of());
    assertThat(runs.status().failure()).as("the same tries at once").contains("T00:01:00Z");

    desk.now = good;
    now.set(good.plusSeconds(60));
    runs.goOn();
    assertThat(runs.status().state()).isEqualTo(RunStatus.State.DONE);
    assertThat(desk.register().all()).hasSize(2);
    runs.start(2026, List.of(ADA));
    assertThat(runs.status().stood()).isEqualTo(1);
  }

  @Test
  void aRunThatCannotBeWrittenDownGoesOnLater() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    Instant good = desk.now;
    AtomicReference<Instant> now = new AtomicReference<>(good);
    IssueRuns runs = runs(now);
    desk.now = Instant.parse("2099-01-01T00:00:00Z");
    runs.start(2026, List.of());
    desk.now = good;
    Path asked = temp.resolve("runs").resolve("run.json");
    Files.delete(asked);
    Path inTheWay = Files.createDirectories(asked.resolve("in the way"));
    now.set(good.plusSeconds(60));
    runs.goOn();
    assertThat(runs.status().state()).isEqualTo(RunStatus.State.STOPPED);

    Files.delete(inTheWay);
    Files.delete(asked);
    now.set(good.plusSeconds(179));
    runs.goOn();
    assertThat(runs.status().state()).as("not yet").isEqualTo(RunStatus.State.STOPPED);
    now.set(good.plusSeconds(180));
    runs.goOn();
    assertThat(runs.status().state()).isEqualTo(RunStatus.State.DONE);
  }

  @Test
  void aRunThatGoesOnFollowsOnlyWhatWasCancelledBeforeItsCommand() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    Instant good = desk.now;
    AtomicInteger worked = new AtomicInteger();
    AtomicReference<Instant> now = new AtomicReference<>(good);
    Issuer issuer =
        desk.issuer(
            work -> {
              work.run();
              if (worked.incrementAndGet() == 3) {
                desk.now = Instant.parse("2099-01-01T00:00:00Z");
              }
            });
    issuer.issue(2026, List.of(NAMELESS));
    issuer.cancel("2026-000001", "sent to somebody else");
    worked.set(0); // two drafts and one page; then the certificate has ended
    IssueRuns runs = new IssueRuns(issuer, temp.resolve("runs"), Runnable::run, now::get);
    runs.start(2026, List.of(ADA, NAMELESS));
    assertThat(runs.status().state()).isEqualTo(RunStatus.State.STOPPED);
    issuer.cancel("2026-000002", "not what the donor wanted");

    desk.now = good;
    now.set(good.plusSeconds(60));
    runs.goOn();
    assertThat(runs.status().state()).isEqualTo(RunStatus.State.DONE);
    assertThat(text(runs.summary(2026)))
        .contains(ADA + ",,skipped,cancelled,", NAMELESS + ",2026-000003,issued,none,");
    assertThat(desk.register().of(ADA))
        .extracting(Registered::state)
        .containsExactly(Registered.State.CANCELLED);
  }

  @Test
  void aRunOverSomeLeavesTheSummaryOfAll() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    desk.donors.erase(NAMELESS);
    IssueRuns runs = runs();
    runs.start(2026, List.of());
    String all = text(runs.summary(2026));
    runs.start(2026, List.of(ADA));
    assertThat(text(runs.summary(2026))).contains(ADA + ",2026-000001").doesNotContain("no-name");
    assertThat(text(runs.summaryOfAll(2026))).isEqualTo(all).contains("no-name");
    runs.start(2026, List.of());
    assertThat(text(runs.summary(2026))).as("the newest").contains("no-name");
  }

  @Test
  void whatHasToBeKnownAfterARunIsLookedUpBeforeItsEndIsTold() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    IssueRuns runs = runs();
    List<String> seen = new ArrayList<>();
    runs.whenOver(
        () -> {
          try {
            seen.add(runs.status().state() + " " + desk.register().all().size());
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    runs.start(2026, List.of());
    assertThat(seen).containsExactly("WORKING 1");
  }

  @Test
  void aStartIssuesNothingAgainThatWasCancelledSinceTheRunDied() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    desk.issuer().issue(2026, List.of(ADA));
    desk.dieAt(2);
    runs().start(2026, List.of(ADA, NAMELESS));
    assertThat(temp.resolve("runs").resolve("run.json")).exists();
    desk.dieAt(Long.MAX_VALUE);
    desk.issuer().cancel("2026-000001", "sent to somebody else");

    IssueRuns next = runs();
    next.resume();
    assertThat(next.status())
        .extracting(RunStatus::state, RunStatus::issued, RunStatus::skipped)
        .containsExactly(RunStatus.State.DONE, 1, 1);
    assertThat(desk.register().of(ADA))
        .extracting(Registered::state)
        .containsExactly(Registered.State.CANCELLED);
  }

  @Test
  void aSealedFileOfADonorWhoWasErasedHoldsNobodyUp() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.gave(NAMELESS, "Bea Example", 1);
    desk.log.refuseReceipts = true;
    assertThatThrownBy(() -> desk.issuer().issue(2026)).hasMessage("the power went");
    desk.log.refuseReceipts = false;
    desk.log.erased.add(ADA);
    desk.issuer().resume();
    assertThat(desk.register().all())
        .extracting(Registered::state)
        .containsExactly(Registered.State.SEALED, Registered.State.ISSUED);
  }

  @Test
  void aYearThatHasNotClosedIsRefusedAndNotTriedAgain() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.now = Instant.parse("2027-01-31T23:59:59Z");
    IssueRuns runs = runs();
    runs.start(2026, List.of());
    assertThat(runs.status().failure()).contains("the year 2026 closes on 2027-02-01");
    assertThat(temp.resolve("runs").resolve("run.json")).doesNotExist();
  }

  @Test
  void aDonorWhoIsNamedTwiceGetsOneDocument() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    assertThat(desk.issuer().issue(2026, List.of(ADA, ADA)))
        .singleElement()
        .extracting(IssueReply::state)
        .isEqualTo(IssueReply.State.ISSUED);
  }

  @Test
  void anErasedDonorIsNamedAndGetsNone() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.log.erased.add(ADA);
    assertThat(desk.issuer().issue(2026))
        .extracting(IssueReply::reason)
        .containsExactly(IssueReply.Reason.ERASED);
  }

  @Test
  void aCancelledDocumentIsFollowedByAnotherOnlyWhenTheDonorIsNamed() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    Issuer issuer = desk.issuer();
    issuer.issue(2026);
    issuer.cancel("2026-000001", "sent to somebody else");
    assertThat(issuer.issue(2026))
        .extracting(IssueReply::reason)
        .containsExactly(IssueReply.Reason.CANCELLED);
    assertThat(issuer.issue(2026, List.of(ADA)))
        .extracting(IssueReply::number)
        .containsExactly("2026-000002");
    assertThatThrownBy(() -> issuer.cancel("2026-000001", "again"))
        .hasMessage("2026-000001 cannot be cancelled: it is cancelled");
    assertThatThrownBy(() -> issuer.replace("2026-000009"))
        .hasMessage("there is no document 2026-000009");
  }

  @Test
  void aClosedYearTakesReplacementsAndNoFirstIssues() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    ReceiptRegister register = desk.register();
    Issuer issuer = desk.issuer(register, Terms.generic());
    issuer.issue(2026);
    register.reserve(
        WAITING,
        java.time.LocalDate.of(2026, 1, 1),
        java.time.LocalDate.of(2026, 12, 31),
        java.time.LocalDate.of(2027, 2, 2));
    assertThat(issuer.close(2026)).containsExactly("2026-000002");
    desk.gave(NAMELESS, "Bea Example", 1);
    assertThat(issuer.issue(2026))
        .extracting(IssueReply::reason)
        .containsExactly(IssueReply.Reason.NONE, IssueReply.Reason.CLOSED);
    assertThat(issuer.replace("2026-000001").number()).isEqualTo("2026-000003");
    assertThat(desk.register().closed()).containsOnlyKeys(2026);
  }

  @Test
  void filesThatAreNotTheNumbersAreRemovedAndNeverGivenOut() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    desk.issuer().issue(2026);
    Registered other = desk.register().all().get(0);
    byte[] pdf = desk.register().pdf(other);
    byte[] evidence = desk.register().evidence(other);
    desk.gave(NAMELESS, "Bea Example", 1);
    ReceiptRegister register = desk.register();
    Registered reserved = register.reserve(NAMELESS, other.from(), other.to(), other.issuedOn());
    desk.dieAt(3); // after both files, before the event
    ReceiptRegister dying = desk.register();
    assertThatThrownBy(() -> dying.store(reserved, pdf, evidence)).hasMessage("the power went");
    desk.dieAt(Long.MAX_VALUE);
    assertThat(desk.register().left(reserved)).isPresent();

    assertThat(desk.issuer().close(2026)).containsExactly(reserved.number());
    assertThat(desk.register().find(reserved.number()).orElseThrow().state())
        .isEqualTo(Registered.State.CANCELLED);
    try (Stream<Path> files = Files.walk(desk.registerFolder())) {
      assertThat(files.filter(file -> file.toString().contains(reserved.number()))).isEmpty();
    }
  }

  @Test
  void aPreviewLeavesNoTrace() throws Exception {
    desk.gave(ADA, "Ada Example", 1);
    long size = desk.log.checkpoint().checkpoint().size();
    byte[] pdf =
        desk.issuer().preview(ADA, 2026, org.almoner.tax.receipt.PageMark.SPECIMEN).toArray();
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(desk.register().all()).isEmpty();
    assertThat(desk.log.checkpoint().checkpoint().size()).isEqualTo(size);
    assertThat(Files.exists(desk.registerFolder().resolve("files"))).isFalse();
  }
}
