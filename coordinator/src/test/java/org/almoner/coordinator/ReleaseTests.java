package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.starter.StarterModule;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.almoner.protocol.release.Recall;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases: what is refused, what a recall ends, and what came of building one again. */
class ReleaseTests {
  private static final String REASON = "It reads beyond its input.";

  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Hash digest() {
    return bench.release("1.0").digest();
  }

  private Envelope recall(SigningKey key, String origin) {
    Recall recall = new Recall(origin, digest(), REASON);
    return Envelope.sign(Envelope.Kind.RECALL, recall.toJson(), key);
  }

  private Envelope recall() {
    return recall(bench.ownerKey, Bench.ORIGIN);
  }

  private String slug(java.util.concurrent.CompletableFuture<?> future) {
    return Bench.refusal(future).problem().slug();
  }

  private Envelope otherBatch() {
    return bench.sign(bench.spec(7, 2));
  }

  @Test
  void aRecallByItsOwnerEndsEveryBatchOfTheReleaseAlsoAfterARestart() throws Exception {
    BatchId batch = bench.submit(40);
    bench.agent(11).lease(bench.desk(), 2);

    ReleaseView recalled = bench.desk().releases().recall(recall()).join();

    assertThat(recalled.recalled().get(0).reason()).isEqualTo(REASON);
    assertThat(recalled.recalled().get(0).byOwner()).isTrue();
    bench.reopen();
    BatchView view = bench.desk().batches().get(0);
    assertThat(view.id()).isEqualTo(batch);
    assertThat(view.stopped()).isEqualTo(StopReason.recalled(REASON));
    assertThat(bench.desk().releases().of(batch)).contains(recalled);
    String answer =
        bench.desk().lease(bench.agent(12).request(64)).join().match(g -> "granted", n -> "no");
    assertThat(answer).isEqualTo("no");
    assertThat(slug(bench.desk().submit(otherBatch(), bench.release("1.0"))))
        .isEqualTo("release-recalled");
    assertThat(slug(bench.desk().check(otherBatch(), bench.release("1.0"))))
        .isEqualTo("release-recalled");
    assertThat(Bench.refusal(bench.desk().submit(otherBatch(), bench.release("1.0"))).problem())
        .extracting(p -> p.detail())
        .asString()
        .contains("recalled by its owner (\"" + REASON + "\"); submit another version");
  }

  @Test
  void whatRunsIsStoppedAtTheAgentsNextContact() {
    bench.submit(40);
    StubAgent agent = bench.agent(11);
    List<Renewal.Held> held =
        agent.lease(bench.desk(), 2).grant().leases().stream()
            .map(lease -> new Renewal.Held(lease.id(), 0, 1))
            .toList();
    bench.desk().releases().recall(recall()).join();
    assertThat(bench.desk().renew(agent.renewal(held)).join().leases())
        .hasSize(2)
        .allSatisfy(word -> assertThat(word).isInstanceOf(RenewalAnswer.Drop.class))
        .allSatisfy(word -> assertThat(word.toString()).contains(REASON));
  }

  @Test
  void theSameBatchSubmittedAgainIsTheSameRecalledBatch() {
    BatchId batch = bench.submit(4);
    bench.desk().releases().recall(recall()).join();
    assertThat(bench.submit(4)).isEqualTo(batch);
  }

  @Test
  void aRecallStandsInTheLogOnceAndTheLogsOwnCheckKnowsIt() throws Exception {
    bench.submit(4);
    ReleaseView first = bench.desk().releases().recall(recall()).join();
    bench.reopen();
    assertThat(bench.desk().releases().recall(recall()).join()).isEqualTo(first);
    ReleaseView byOperator =
        bench.desk().releases().recall(digest(), "The owner cannot be reached.").join();
    assertThat(byOperator.recalled().get(0).byOwner()).isFalse();
    assertThat(bench.desk().releases().recall(digest(), "Again.").join()).isEqualTo(byOperator);

    List<RecallEntry> recalls = new java.util.ArrayList<>();
    for (var entry : bench.entries()) {
      if (entry.kind() == Kind.RECALL) {
        recalls.add(RecallEntry.parse(entry));
      }
    }
    assertThat(recalls)
        .containsExactly(
            RecallEntry.of(recall()),
            RecallEntry.ofOperator(
                new Recall(Bench.ORIGIN, digest(), "The owner cannot be reached.")));
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  @Test
  void nobodyElseRecallsARelease() {
    bench.submit(4);
    SigningKey stranger = SigningKey.generate(bench.random);
    assertThat(slug(bench.desk().releases().recall(recall(stranger, Bench.ORIGIN))))
        .isEqualTo("not-yours");
    assertThat(slug(bench.desk().releases().recall(recall(bench.ownerKey, "log.example/other"))))
        .isEqualTo("wrong-origin");
    assertThat(slug(bench.desk().releases().recall(Hash.ZERO, REASON)))
        .isEqualTo("unknown-release");
    assertThat(bench.desk().batches().get(0).stopped().isStop()).isFalse();
  }

  @Test
  void anOwnersRecallLeavesWhatAnotherOwnerSigned() {
    bench.submit(4);
    SigningKey other = SigningKey.generate(bench.random);
    bench.desk().approveOwner("Other", other.publicKey()).join();
    Envelope theirs = Envelope.sign(Envelope.Kind.RELEASE, release("1.0", "MIT").toJson(), other);
    Envelope batch = Envelope.sign(Envelope.Kind.BATCH, bench.spec(9, 2).toJson(), other);
    BatchId id = bench.desk().submit(batch, theirs).join();
    assertThat(theirs.digest()).isEqualTo(digest());

    bench.desk().releases().recall(recall()).join();

    assertThat(bench.desk().batches())
        .filteredOn(view -> !view.stopped().isStop())
        .extracting(BatchView::id)
        .containsExactly(id);
    assertThat(bench.desk().releases().of(id).orElseThrow().recalled()).isEmpty();
  }

  @Test
  void theStarterReleaseIsNotRecalled() {
    bench.desk().close();
    bench.config = bench.config.withStarters(true);
    bench.blobs.put(StarterModule.OCTETS.toArray());
    bench.open();
    Hash starter = bench.desk().releases().all().get(0).digest();
    assertThat(slug(bench.desk().releases().recall(starter, REASON))).isEqualTo("not-yours");
  }

  @Test
  void whatCameOfBuildingItAgainIsKept() {
    BatchId batch = bench.submit(4);
    Rebuilt rebuilt =
        new Rebuilt(Rebuilt.Found.REPRODUCIBLE, false, "clang-14=1:14", LocalDate.of(2026, 11, 20));
    assertThat(bench.desk().releases().of(batch).orElseThrow().rebuilt()).isEmpty();
    bench.desk().releases().keep(digest(), rebuilt).join();
    bench.reopen();
    assertThat(bench.desk().releases().of(batch).orElseThrow().rebuilt()).containsExactly(rebuilt);
    assertThat(bench.desk().releases().all().get(0).reproducible()).isTrue();
    assertThat(slug(bench.desk().releases().keep(Hash.ZERO, rebuilt))).isEqualTo("unknown-release");
  }

  @ParameterizedTest
  @CsvSource({
    "CC-BY-NC-4.0, https://example.org/adder, field \"licence\": CC-BY-NC-4.0 is not approved",
    "MIT OR Foo, https://example.org/adder, field \"licence\": \"Foo\" is not an OSI-approved",
    "MIT, file:///home/ada/adder, field \"repository\":"
  })
  void whatIsNotOpenSourceIsRefusedByTheServerToo(
      String licence, String repository, String sentence) {
    Release open = release("3.0", licence);
    Release release =
        new Release(
            open.name(),
            open.version(),
            licence,
            repository,
            open.commit(),
            open.toolchain(),
            open.program().first(),
            open.args());
    Envelope signed = Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), bench.ownerKey);
    var refusal = Bench.refusal(bench.desk().submit(bench.sign(of(signed.digest())), signed));
    assertThat(refusal.problem().slug()).isEqualTo("release-refused");
    assertThat(refusal.problem().detail()).startsWith(sentence);
    assertThat(bench.desk().releases().all()).isEmpty();
  }

  @Test
  void aBatchMayNotAllotMoreThanTheReleaseNeeds() {
    Release open = release("3.0", "MIT");
    Release bounded =
        new Release(
            open.name(),
            open.version(),
            open.licence(),
            open.repository(),
            open.commit(),
            open.toolchain(),
            open.program(),
            open.args(),
            open.build(),
            new org.almoner.protocol.lease.Allotment(2, 1 << 20, 1 << 20, 59_000));
    Envelope signed = Envelope.sign(Envelope.Kind.RELEASE, bounded.toJson(), bench.ownerKey);
    assertThat(slug(bench.desk().submit(bench.sign(of(signed.digest())), signed)))
        .isEqualTo("release-mismatch");
  }

  @Test
  void aReleaseIsLoggedOnceForManyBatches() {
    bench.submit(4);
    bench.desk().submit(otherBatch(), bench.release("1.0")).join();
    bench.clock.pass(Duration.ofMinutes(1));
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.RELEASE)).hasSize(1);
    assertThat(bench.desk().releases().all()).hasSize(1);
  }

  private BatchSpec of(Hash release) {
    BatchSpec spec = bench.spec(3, 2);
    return new BatchSpec(
        spec.origin(),
        spec.project(),
        spec.purpose(),
        release,
        spec.units(),
        spec.inputs(),
        spec.allotment(),
        spec.outputs(),
        spec.agree());
  }

  private static Release release(String version, String licence) {
    return new Release(
        "adder",
        version,
        licence,
        "https://example.org/adder",
        "0".repeat(40),
        "clang 14",
        new BlobRef("adder.wasm", Hash.sha256(Bench.MODULE), Bench.MODULE.length),
        List.of("{first}", "{last}"));
  }
}
