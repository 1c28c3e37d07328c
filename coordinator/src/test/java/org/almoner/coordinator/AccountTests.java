package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.almoner.coordinator.desk.Desk.Account;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Revocation;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Donors, codes, links, owners and what they may submit. */
class AccountTests {
  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String slug(java.util.concurrent.CompletableFuture<?> future) {
    return Bench.refusal(future).problem().slug();
  }

  @Test
  void aTokenOpensItsAccountAlsoAfterARestart() {
    Account account = bench.desk().openAccount().join();
    assertThat(account.token()).matches("[0-9a-f]{64}");
    bench.reopen();
    assertThat(bench.desk().donorOf(account.token())).contains(account.donor());
    assertThat(bench.desk().donorOf(account.token().replace('a', 'b') + "0")).isEmpty();
    assertThat(bench.desk().owners().passOf(account.token())).as("no owner's token").isEmpty();
    assertThat(bench.desk().donors()).containsExactly(account.donor());
  }

  @Test
  void aCodeLinksOneAgentOnce() {
    DonorId donor = bench.desk().openAccount().join().donor();
    String code = bench.desk().drawCode(donor).join();
    assertThat(code).matches("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}");
    StubAgent a = bench.agent(11);
    Receipted first = bench.desk().link(a.link(code)).join();
    Receipted again = bench.desk().link(a.link(code)).join();
    assertThat(again.proven()).isEqualTo(first.proven());
    assertThat(slug(bench.desk().link(bench.agent(12).link(code)))).isEqualTo("bad-code");
    assertThat(slug(bench.desk().link(bench.agent(12).link("AAAA-AAAA-AAAA"))))
        .isEqualTo("bad-code");
  }

  @Test
  void aCodeIsWorthNothingAfterADay() {
    DonorId donor = bench.desk().openAccount().join().donor();
    String code = bench.desk().drawCode(donor).join();
    bench.clock.pass(Duration.ofHours(24));
    assertThat(slug(bench.desk().link(bench.agent(11).link(code)))).isEqualTo("bad-code");
  }

  @Test
  void aCodeForNobodyIsRefused() {
    assertThat(slug(bench.desk().drawCode(DonorId.draw(bench.random)))).isEqualTo("unknown-donor");
  }

  @Test
  void linkingClaimsEarlierLinesAndLeavingWorksForward() {
    bench.approveOwner();
    bench.submit(20);
    StubAgent agent = bench.agent(11);
    work(agent);
    DonorId first = bench.link(agent);
    work(agent);
    bench.desk().link(agent.unlink()).join();
    work(agent);
    assertThat(bench.desk().openings(first)).hasSize(2);
    DonorId second = bench.link(agent);
    work(agent);
    bench.reopen();
    assertThat(bench.desk().openings(first)).hasSize(2);
    assertThat(bench.desk().openings(second)).hasSize(2);
    assertThat(bench.desk().openings(second))
        .extracting(LineOpening::leaf)
        .isSorted()
        .doesNotContainAnyElementsOf(
            bench.desk().openings(first).stream().map(LineOpening::leaf).toList());
  }

  @Test
  void leavingNobodyIsRefused() {
    assertThat(slug(bench.desk().link(bench.agent(11).unlink()))).isEqualTo("not-linked");
  }

  private void work(StubAgent agent) {
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), agent.honest(granted));
  }

  @Test
  void anEnrolmentAgainGetsTheSameAnswerAndANewOneIsLogged() {
    StubAgent agent = new StubAgent(Bench.ORIGIN, 11);
    Receipted first = bench.desk().enrol(agent.enrolment()).join();
    assertThat(bench.desk().enrol(agent.enrolment()).join()).isEqualTo(first);
    assertThat(bench.desk().enrol(agent.enrolment(4)).join().proven()).isNotEqualTo(first.proven());
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.ENROLMENT)).hasSize(2);
  }

  @Test
  void aRevokedKeyIsToldSoAndWhatItHadLoggedStays() throws Exception {
    bench.approveOwner();
    bench.submit(20);
    StubAgent agent = bench.agent(11);
    DonorId donor = bench.link(agent);
    work(agent);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    StubAgent.Report late = agent.honest(granted);
    long leaf = bench.desk().enrol(agent.enrolment()).join().proven().get(0).leaf();

    assertThat(slug(bench.desk().revoke(new Revocation(leaf + 1, "stolen"))))
        .isEqualTo("unknown-enrolment");
    long entry = bench.desk().revoke(new Revocation(leaf, "stolen")).join();
    assertThat(Revocation.parse(bench.entries().get((int) entry)))
        .isEqualTo(new Revocation(leaf, "stolen"));
    bench.reopen();
    assertThat(slug(bench.desk().revoke(new Revocation(leaf, "stolen"))))
        .isEqualTo("already-revoked");
    assertThat(slug(bench.desk().report(late.envelope(), late.outputs(), 0)))
        .isEqualTo("agent-revoked");
    assertThat(slug(bench.desk().enrol(agent.enrolment()))).isEqualTo("agent-revoked");
    assertThat(bench.desk().openings(donor)).hasSize(1);
  }

  @Test
  void aKeyThatWasEnrolledAgainIsRevokedByAnyOfItsEnrolments() throws Exception {
    StubAgent agent = bench.agent(12);
    long first = bench.desk().enrol(agent.enrolment()).join().proven().get(0).leaf();
    long again = bench.desk().enrol(agent.enrolment(4)).join().proven().get(0).leaf();
    assertThat(again).isNotEqualTo(first);
    long entry = bench.desk().revoke(new Revocation(first, "stolen")).join();
    assertThat(Revocation.parse(bench.entries().get((int) entry)).enrolment()).isEqualTo(first);
    assertThat(slug(bench.desk().revoke(new Revocation(again, "stolen"))))
        .isEqualTo("already-revoked");
    assertThat(slug(bench.desk().enrol(agent.enrolment(5)))).isEqualTo("agent-revoked");
    assertThat(slug(bench.desk().revoke(new Revocation(entry, "stolen"))))
        .isEqualTo("unknown-enrolment");
  }

  @Test
  void onlyApprovedOwnersSubmit() {
    var batch = bench.sign(bench.spec(2, 2));
    assertThat(slug(bench.desk().submit(batch, bench.release("1.0"))))
        .isEqualTo("owner-not-approved");
    bench.approveOwner();
    BatchId id = bench.desk().submit(batch, bench.release("1.0")).join();
    assertThat(bench.desk().submit(batch, bench.release("1.0")).join()).isEqualTo(id);
    assertThat(bench.desk().batches()).hasSize(1);
    assertThat(bench.desk().ownerOf(id)).contains("Institute");
  }

  @Test
  void aBatchIsRefusedWithItsReason() {
    bench.approveOwner();
    var spec = bench.spec(2, 2);
    assertThat(slug(bench.desk().submit(bench.sign(spec), bench.release("2.0"))))
        .isEqualTo("release-mismatch");
    bench.moduleRefusal = java.util.Optional.of("the module asks for the network");
    var refusal = Bench.refusal(bench.desk().submit(bench.sign(spec), bench.release("1.0")));
    assertThat(refusal.problem().slug()).isEqualTo("module-refused");
    assertThat(refusal.problem().detail()).contains("network");
    bench.moduleRefusal = java.util.Optional.empty();
    var input =
        new org.almoner.protocol.lease.BlobRef(
            "seed.txt", org.almoner.protocol.bytes.Hash.sha256(new byte[] {7}), 1);
    var withInput =
        new org.almoner.workload.batch.BatchSpec(
            spec.origin(),
            spec.project(),
            spec.purpose(),
            spec.release(),
            spec.units(),
            List.of(input),
            spec.allotment(),
            spec.outputs(),
            2);
    assertThat(slug(bench.desk().submit(bench.sign(withInput), bench.release("1.0"))))
        .isEqualTo("blob-missing");
    bench.blobs.put(new byte[] {7});
    bench.desk().submit(bench.sign(withInput), bench.release("1.0")).join();
  }

  @Test
  void anOwnersNameBelongsToOneKeyAndANewTokenReplacesTheOld() {
    String first = bench.desk().approveOwner("Institute", bench.ownerKey.publicKey()).join();
    StubAgent other = new StubAgent(Bench.ORIGIN, 5);
    assertThat(slug(bench.desk().approveOwner("Institute", other.key.publicKey())))
        .isEqualTo("owner-name-taken");
    assertThat(slug(bench.desk().approveOwner(" ", other.key.publicKey()))).isEqualTo("owner-name");
    assertThat(slug(bench.desk().approveOwner("Another name", bench.ownerKey.publicKey())))
        .as("the old name could go to another key, and all that carries it")
        .isEqualTo("owner-renamed");
    String second = bench.desk().approveOwner("Institute", bench.ownerKey.publicKey()).join();
    assertThat(bench.desk().owners().passOf(first)).isEmpty();
    assertThat(bench.desk().owners().passOf(second))
        .contains(new OwnerPass("Institute", "approval", Scope.ALL));
  }

  @Test
  void aStatementIsLoggedOnce() {
    Bytes record = Bytes.utf8("{\"number\":\"1\"}");
    DonorId donor = bench.desk().openAccount().join().donor();
    Receipted first = bench.desk().logStatement(donor, record).join();
    assertThat(bench.desk().logStatement(donor, record).join()).isEqualTo(first);
    assertThat(bench.desk().logReceipt(donor, record).join().proven()).isNotEqualTo(first.proven());
    bench.reopen();
    assertThat(bench.desk().logStatement(donor, record).join().proven())
        .extracting(p -> p.leaf(), p -> p.salt())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                first.proven().get(0).leaf(), first.proven().get(0).salt()));
  }

  @Test
  void thePolicyIsLoggedWhenItChanges() {
    bench.reopen();
    bench.desk().close();
    bench.config = bench.config.withMaturity(Duration.ofDays(3));
    bench.open();
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.POLICY)).hasSize(2);
  }
}
