package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.seal.Authorities;
import org.almoner.tax.seal.Sealer;
import org.almoner.tax.seal.StampingAuthority;
import org.almoner.tax.seal.TimeDouble;
import org.almoner.tax.verify.CheckReport;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TimeRoot;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of several documents and a time-stamping authority, over HTTP, that is not well. */
class StampedRunTests {
  private static final int DONORS = 4;
  private static final int AT_ONCE = 2;

  @TempDir Path temp;
  private final ExecutorService drawing = Executors.newFixedThreadPool(AT_ONCE);
  private Desk desk;
  private Authorities.Holder root;
  private TimeDouble authority;

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(temp.resolve("desk"));
    for (int i = 1; i <= DONORS; i++) {
      desk.gave(SmallLog.donor(i), "Donor " + i, 1);
    }
    root = Authorities.root("Time Root");
    Authorities.Holder own = Authorities.forTime(root, "Example Time", "EC");
    authority = new TimeDouble(own, List.of(own.certificate(), root.certificate()), desk.now);
  }

  @AfterEach
  void close() {
    drawing.shutdownNow();
    authority.close();
  }

  private RunStatus run(Authorities.Holder believed) throws Exception {
    Sealer sealer = Sealer.stamped(desk.key(), authority.believed(List.of(believed.certificate())));
    IssueRuns runs =
        new IssueRuns(
            desk.issuer(sealer, drawing), temp.resolve("runs"), Runnable::run, () -> desk.now);
    runs.start(2026, List.of());
    return runs.status();
  }

  private ReceiptRegister everybodyHasOne() throws Exception {
    ReceiptRegister register = desk.register();
    assertThat(register.all())
        .hasSize(DONORS)
        .allMatch(document -> document.state() == Registered.State.ISSUED)
        .extracting(Registered::number)
        .containsExactly("2026-000001", "2026-000002", "2026-000003", "2026-000004");
    return register;
  }

  @Test
  void whenItIsDownTheRunStopsWithinOneDocumentAndGoesOnWithTheSameNumbers() throws Exception {
    authority.failing = Integer.MAX_VALUE;
    RunStatus down = run(root);
    assertThat(down.state()).isEqualTo(RunStatus.State.STOPPED);
    assertThat(down.failure()).contains("HTTP status 503", "what was sealed stands");
    assertThat(authority.asked())
        .as("only those at work when the first gave up")
        .isLessThanOrEqualTo(AT_ONCE * StampingAuthority.ATTEMPTS);
    assertThat(desk.register().all())
        .extracting(Registered::state)
        .containsOnly(Registered.State.RESERVED);

    authority.failing = 0;
    assertThat(run(root).state()).isEqualTo(RunStatus.State.DONE);
    ReceiptRegister register = everybodyHasOne();
    for (Registered document : register.all()) {
      DocumentCheck check = DocumentCheck.of(register.pdf(document)).trusting(trust(root));
      List<Step> steps = check.run();
      assertThat(CheckReport.verdict(steps)).as("%s", steps).isEqualTo(CheckReport.Verdict.HOLDS);
      assertThat(steps)
          .filteredOn(step -> step.subject().equals("time stamp"))
          .singleElement()
          .extracting(Step::sentence)
          .asString()
          .contains("\"Example Time\" saw the seal on " + desk.now);
    }
  }

  @Test
  void whenItsCertificateIsAnothersNothingIsSealedWithIt() throws Exception {
    Authorities.Holder other = Authorities.root("Another Root");
    RunStatus wrong = run(other);
    assertThat(wrong.state()).isEqualTo(RunStatus.State.STOPPED);
    assertThat(wrong.failure()).contains("is under none of the roots of receipts.tsa-roots");
    assertThat(run(root).state()).isEqualTo(RunStatus.State.DONE);
    ReceiptRegister register = everybodyHasOne();
    byte[] pdf = register.pdf(register.all().get(0));
    assertThat(CheckReport.verdict(DocumentCheck.of(pdf).trusting(trust(other)).run()))
        .as("whoever believes another authority does not believe the time")
        .isEqualTo(CheckReport.Verdict.FAILS);
  }

  @Test
  void whenItsClockIsWrongNothingIsSealedWithIt() throws Exception {
    authority.clock = Instant.parse("2027-01-02T00:00:00Z");
    assertThat(run(root).failure()).contains("set the clock right");
    authority.clock = desk.now;
    assertThat(run(root).state()).isEqualTo(RunStatus.State.DONE);
    everybodyHasOne();
  }

  private TrustFile trust(Authorities.Holder believed) {
    return new TrustFile(
            "Example Commons", SmallLog.verifierKey(), List.of(desk.key().fingerprint()))
        .withTimeRoots(List.of(TimeRoot.of(believed.certificate())));
  }
}
