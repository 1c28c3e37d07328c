package org.almoner.tax.bookcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.IssueRuns;
import org.almoner.tax.issue.RunStatus;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of several groups that dies again and again, and the audit of what it leaves. */
@Tag("long")
class ManyDonorsTests {
  private static final int DONORS = 700;
  private static final long STEPS_BETWEEN_DEATHS = 11;

  @TempDir Path temp;

  @Test
  void aRunThatDiesAgainAndAgainEndsWithOneDocumentForEachDonor() throws Exception {
    Desk desk = new Desk(temp.resolve("desk"));
    for (int i = 1; i <= DONORS; i++) {
      desk.donors.put(Donor.named(SmallLog.numbered(i), "Donor " + i, List.of()));
    }
    desk.log.reportForAll(DONORS, 3, Desk.NOVEMBER);
    ExecutorService drawing = Executors.newFixedThreadPool(2);
    int deaths = 0;
    try {
      RunStatus status;
      do {
        desk.dieAt(STEPS_BETWEEN_DEATHS);
        IssueRuns runs =
            new IssueRuns(
                desk.issuer(drawing), temp.resolve("runs"), Runnable::run, () -> desk.now);
        runs.start(2026, List.of());
        status = runs.status();
        deaths += status.state() == RunStatus.State.FAILED ? 1 : 0;
      } while (status.state() != RunStatus.State.DONE);
      assertThat(status.done()).isEqualTo(DONORS);
    } finally {
      drawing.shutdown();
    }
    assertThat(deaths).isGreaterThan(1);
    desk.dieAt(Long.MAX_VALUE);
    TrustFile trust =
        new TrustFile("Example Commons", SmallLog.verifierKey(), List.of(desk.key().fingerprint()));
    BookCheck.Result result =
        new BookCheck(desk.registerFolder(), trust)
            .run(desk.log.reader(), () -> desk.log.checkpoint().checkpoint(), done -> {});
    assertThat(result.findings()).isEmpty();
    assertThat(result.documents()).isEqualTo(DONORS);
    assertThat(result.receipts()).isEqualTo(DONORS);
    assertThat(result.explained())
        .as("what the deaths left in the log")
        .singleElement()
        .asString()
        .contains(" statements that no document carries are withdrawn");
  }
}
