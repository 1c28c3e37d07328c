package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.almoner.coordinator.desk.Desk.Appointment;
import org.almoner.coordinator.desk.EnrolmentOpening;
import org.almoner.coordinator.desk.OpenedLeaf;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may open lines, and what is opened. */
class AuditorTests {
  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String slug(java.util.concurrent.CompletableFuture<?> future) {
    return Bench.refusal(future).problem().slug();
  }

  @Test
  void aTokenOpensUntilItsTimeIsOverAlsoAfterARestart() {
    Appointment eve = bench.desk().appointAuditor("Eve", 30, 10).join();
    assertThat(eve.untilMs()).isEqualTo(Bench.NOON.plus(Duration.ofDays(30)).toEpochMilli());
    bench.reopen();
    assertThat(bench.desk().auditorOf(eve.token())).contains("Eve");
    assertThat(bench.desk().auditorOf(eve.token() + "0")).isEmpty();
    assertThat(bench.desk().owners().passOf(eve.token())).as("no owner's token").isEmpty();
    assertThat(bench.desk().donorOf(eve.token())).as("no donor's token").isEmpty();

    bench.clock.pass(Duration.ofDays(30).minusMillis(1));
    assertThat(bench.desk().auditorOf(eve.token())).contains("Eve");
    bench.clock.pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> bench.desk().auditorOf(eve.token()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("opened lines until 2026-12-20T12:00:00Z");
  }

  @Test
  void theTokenItselfIsKeptNowhere() throws Exception {
    Appointment eve = bench.desk().appointAuditor("Eve", 30, 10).join();
    RowStore rows = bench.stores.rows();
    rows.scan(
        "auditor/",
        (key, row) ->
            assertThat(key + row.toHex()).doesNotContain(eve.token()).contains("auditor"));
    bench.reopen();
    assertThat(bench.desk().auditorOf(eve.token())).isPresent();
  }

  @Test
  void aNewTokenTakesThePlaceOfTheOld() {
    String old = bench.desk().appointAuditor("Eve", 30, 10).join().token();
    String fresh = bench.desk().appointAuditor("Eve", 1, 10).join().token();
    for (int i = 0; i < 2; i++) {
      assertThat(bench.desk().auditorOf(old)).isEmpty();
      assertThat(bench.desk().auditorOf(fresh)).contains("Eve");
      bench.reopen();
    }
  }

  @Test
  void whoIsDismissedOpensNothingMore() {
    String token = bench.desk().appointAuditor("Eve", 30, 10).join().token();
    bench.desk().dismissAuditor("Eve").join();
    assertThat(bench.desk().auditorOf(token)).isEmpty();
    bench.reopen();
    assertThat(bench.desk().auditorOf(token)).isEmpty();
    assertThat(slug(bench.desk().dismissAuditor("Eve"))).isEqualTo("unknown-auditor");
  }

  @Test
  void namesAndTimesHaveBounds() {
    assertThat(slug(bench.desk().appointAuditor(" ", 30, 10))).isEqualTo("auditor-name");
    assertThat(slug(bench.desk().appointAuditor("a".repeat(101), 30, 10)))
        .isEqualTo("auditor-name");
    assertThat(slug(bench.desk().appointAuditor("Eve", 0, 10))).isEqualTo("auditor-days");
    assertThat(slug(bench.desk().appointAuditor("Eve", 367, 10))).isEqualTo("auditor-days");
    assertThat(slug(bench.desk().appointAuditor("Eve", 1, 0))).isEqualTo("auditor-readings");
    assertThat(slug(bench.desk().appointAuditor("Eve", 1, 1_000_001)))
        .isEqualTo("auditor-readings");
  }

  @Test
  void anAppointmentIsGoodForSoManyReadingsAlsoAfterARestart() {
    bench.desk().appointAuditor("Eve", 30, 2).join();
    bench.desk().appointAuditor("Adam", 30, 1).join();
    assertThat(bench.desk().spendReading("Eve").join()).isEqualTo(1);
    bench.reopen();
    assertThat(bench.desk().spendReading("Eve").join()).isZero();
    bench.reopen();
    assertThat(Bench.refusal(bench.desk().spendReading("Eve")).problem().status()).isEqualTo(403);
    assertThat(slug(bench.desk().spendReading("Eve"))).isEqualTo("auditor-leaves");
    assertThat(bench.desk().spendReading("Adam").join()).as("each has their own").isZero();

    bench.desk().appointAuditor("Eve", 30, 2).join();
    assertThat(bench.desk().spendReading("Eve").join()).isEqualTo(1);
  }

  @Test
  void eachLineIsOpenedWithItsAgentsEnrolmentAndTheAgreedAnswer() throws Exception {
    BatchId batch = bench.submit(3);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent.Granted first = a.lease(bench.desk(), 5);
    StubAgent.Granted second = b.lease(bench.desk(), 5);
    bench.clock.pass(Duration.ofSeconds(1));
    Receipted receipted = a.send(bench.desk(), a.honest(first));
    long alone = receipted.proven().get(0).leaf();
    assertThat(bench.desk().openedLeaf(alone).orElseThrow().agreed()).isEmpty();
    b.send(bench.desk(), b.honest(second));
    bench.reopen();

    List<Entry> entries = bench.entries();
    for (Proven line : receipted.proven()) {
      OpenedLeaf opened = bench.desk().openedLeaf(line.leaf()).orElseThrow();
      assertThat(opened.opening().salt()).isEqualTo(line.salt());
      assertThat(opened.opening().part()).isEqualTo(line.part());
      assertThat(
              Commitment.of(
                      Kind.USAGE,
                      Bench.ORIGIN,
                      line.salt(),
                      line.part(),
                      opened.opening().report().record())
                  .entry())
          .isEqualTo(entries.get((int) line.leaf()));
      EnrolmentOpening enrolment = opened.enrolments().get(0);
      assertThat(
              Commitment.of(
                      Kind.ENROLMENT,
                      Bench.ORIGIN,
                      enrolment.salt(),
                      0,
                      enrolment.enrolment().record())
                  .entry())
          .isEqualTo(entries.get((int) enrolment.leaf()));
      assertThat(opened.agreed().get(0).unit()).isEqualTo(line.part());
    }
    SignedBatch signed = bench.desk().signedBatch(batch).orElseThrow();
    assertThat(signed.batch()).isEqualTo(bench.sign(bench.spec(3, 2)));
    assertThat(signed.release()).isEqualTo(bench.release("1.0"));
  }

  @Test
  void whatIsNoUsageLineIsNotOpened() {
    bench.agent(11);
    long size = bench.checkpoint().checkpoint().size();
    for (long leaf = 0; leaf < size + 2; leaf++) {
      assertThat(bench.desk().openedLeaf(leaf)).as("entry " + leaf).isEmpty();
    }
  }
}
