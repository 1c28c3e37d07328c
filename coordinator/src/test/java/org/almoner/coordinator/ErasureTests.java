package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What erasing a donor destroys, and what it leaves.
 *
 * <p>Longer than most: one claim for each thing destroyed or left, in one small world.
 */
class ErasureTests {
  private static final String REASON = "asked by letter";
  private static final Bytes RECORD = Bytes.utf8("{\"number\":\"2026-000001\"}");

  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** An agent's report that was logged, with its answer. */
  private record Sent(StubAgent agent, StubAgent.Report report, Receipted receipted) {
    List<Long> leaves() {
      return receipted.proven().stream().map(Proven::leaf).toList();
    }
  }

  private Sent work(StubAgent agent, int units) {
    StubAgent.Granted granted = agent.lease(bench.desk(), units);
    bench.clock.pass(Duration.ofSeconds(1));
    StubAgent.Report report = agent.honest(granted);
    return new Sent(agent, report, agent.send(bench.desk(), report));
  }

  private CompletableFuture<Receipted> again(Sent sent) {
    return bench.desk().report(sent.report().envelope(), sent.report().outputs(), 0);
  }

  private static String slug(CompletableFuture<?> future) {
    Refusal refusal = Bench.refusal(future);
    return refusal.problem().status() + " " + refusal.problem().slug();
  }

  private interface Asking {
    Object ask();
  }

  private static String slug(Asking asking) {
    try {
      return "answered " + asking.ask();
    } catch (Refusal refusal) {
      return refusal.problem().status() + " " + refusal.problem().slug();
    }
  }

  private void erase(DonorId donor) {
    bench.desk().erase(donor, REASON, true).join();
  }

  @Test
  void whatIsErasedIsRefusedFromThenOnAndAfterARestart() throws Exception {
    bench.submit(20);
    StubAgent agent = bench.agent(11);
    var account = bench.desk().openAccount().join();
    DonorId donor = account.donor();
    bench.desk().link(agent.link(bench.desk().drawCode(donor).join())).join();
    String unused = bench.desk().drawCode(donor).join();
    Sent sent = work(agent, 3);
    bench.desk().logStatement(donor, RECORD).join();
    List<Entry> before = bench.entries();
    long leafOfStatement = before.size() - 1;

    erase(donor);
    for (int round = 0; round < 2; round++) {
      assertThat(bench.desk().isErased(donor)).isTrue();
      assertThat(bench.desk().donors()).isEmpty();
      assertThat(bench.desk().donorOf(account.token())).isEmpty();
      assertThat(slug(bench.desk().drawCode(donor))).isEqualTo("410 erased");
      assertThat(slug(() -> bench.desk().openings(donor))).isEqualTo("410 erased");
      assertThat(slug(() -> bench.desk().standing(donor))).isEqualTo("410 erased");
      assertThat(slug(() -> bench.opening(sent.leaves().get(0)))).isEqualTo("410 erased");
      assertThat(slug(() -> bench.opening(leafOfStatement))).isEqualTo("410 erased");
      assertThat(slug(bench.desk().logStatement(donor, RECORD))).isEqualTo("410 erased");
      assertThat(slug(bench.desk().logReceipt(donor, RECORD))).isEqualTo("410 erased");
      assertThat(slug(again(sent))).isEqualTo("410 erased");
      assertThat(slug(bench.desk().lease(agent.request(1)))).isEqualTo("410 agent-erased");
      assertThat(slug(bench.desk().enrol(agent.enrolment()))).isEqualTo("410 agent-erased");
      assertThat(slug(bench.desk().link(agent.unlink()))).isEqualTo("410 agent-erased");
      assertThat(bench.desk().outputBytesMax(agent.id)).isEmpty();
      assertThat(slug(bench.desk().link(bench.agent(50 + round).link(unused))))
          .isEqualTo("409 bad-code");
      assertThat(bench.desk().erasedLeaves()).containsExactlyElementsOf(sent.leaves());
      bench.desk().erase(donor, "again", true).join();
      bench.reopen();
    }
    assertThat(bench.entries().subList(0, before.size())).isEqualTo(before);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
    StubAgent afresh = bench.agent(70);
    assertThat(work(afresh, 1).leaves()).as("the same computer with a new key").hasSize(1);
  }

  @Test
  void aReportOfLeasesInHandIsRefusedAndTheirUnitsGoToOthers() {
    bench.submit(1);
    StubAgent agent = bench.agent(11);
    DonorId donor = bench.link(agent);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    erase(donor);
    StubAgent.Report report = agent.honest(granted);
    assertThat(slug(bench.desk().report(report.envelope(), report.outputs(), 0)))
        .isEqualTo("410 agent-erased");
    bench.clock.pass(Duration.ofMinutes(11));
    bench.desk().tick().join();
    work(bench.agent(12), 1);
    work(bench.agent(13), 1);
    assertThat(bench.desk().batches().get(0).done()).isTrue();
  }

  @Test
  void erasedLinesAreSettledOnceLikeAllOthers() throws Exception {
    bench.submit(5);
    Sent one = work(bench.agent(11), 5);
    DonorId donor = bench.link(one.agent());
    erase(donor);
    Sent other = work(bench.agent(12), 5);
    bench.clock.pass(Duration.ofDays(2));
    assertThat(bench.desk().settle().join()).isEqualTo(10);
    bench.reopen();
    assertThat(bench.desk().settle().join()).isZero();
    List<Entry> entries = bench.entries();
    for (Sent sent : List.of(one, other)) {
      for (long leaf : sent.leaves()) {
        assertThat(Bench.outcome(entries, leaf)).isEqualTo(Outcome.ACCEPTED);
      }
    }
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  @Test
  void anAgentThatMovedToAnotherDonorWorksOnAndLosesNothing() throws Exception {
    bench.submit(30);
    StubAgent agent = bench.agent(11);
    Sent unclaimed = work(agent, 2);
    DonorId first = bench.link(agent);
    Sent firsts = work(agent, 2);
    DonorId second = bench.link(agent); // straight from one to the other
    Sent seconds = work(agent, 2);
    bench.desk().link(agent.unlink()).join();
    Sent nobodys = work(agent, 2);
    List<LineOpening> before = bench.desk().openings(second);
    assertThat(bench.desk().openings(first))
        .extracting(LineOpening::leaf)
        .containsExactly(leaves(unclaimed, firsts));
    assertThat(before).extracting(LineOpening::leaf).containsExactly(leaves(seconds));

    erase(first);
    assertThat(bench.desk().erasedLeaves()).containsExactly(leaves(unclaimed, firsts));
    assertThat(bench.desk().openings(second)).isEqualTo(before);
    assertThat(slug(again(firsts))).isEqualTo("410 erased");
    assertThat(again(seconds).join().proven()).hasSize(2);
    assertThat(again(nobodys).join().proven()).hasSize(2);
    DonorId third = bench.link(agent);
    work(agent, 1);
    assertThat(bench.desk().openings(third)).hasSize(3);
    bench.reopen();
    assertThat(bench.desk().openings(second)).isEqualTo(before);

    erase(second);
    assertThat(bench.desk().openings(third)).hasSize(3);
    assertThat(bench.desk().erasedLeaves()).containsExactly(leaves(unclaimed, firsts, seconds));
  }

  private static Long[] leaves(Sent... sent) {
    return java.util.Arrays.stream(sent).flatMap(one -> one.leaves().stream()).toArray(Long[]::new);
  }

  @Test
  void whatSaysThatAnAgentLeavesIsStillItsDonors() {
    StubAgent agent = bench.agent(11);
    DonorId donor = bench.link(agent);
    long leaving = bench.desk().link(agent.unlink()).join().proven().get(0).leaf();
    assertThat(bench.opening(leaving).orElseThrow().report()).isEqualTo(agent.unlink());
    erase(donor);
    assertThat(slug(() -> bench.opening(leaving))).isEqualTo("410 erased");
    assertThat(slug(() -> bench.opening(leaving - 2))).as("enrolment").isEqualTo("410 erased");
  }

  @Test
  void anOpeningIsFoundByItsLeafAndPublicEntriesHaveNone() {
    bench.submit(5);
    Sent sent = work(bench.agent(11), 3);
    List<Entry> entries = bench.entries();
    for (long leaf = 0; leaf < entries.size() + 2; leaf++) {
      boolean agents = leaf < entries.size() && entries.get((int) leaf).kind().isCommitment();
      assertThat(bench.opening(leaf).isPresent()).as("leaf " + leaf).isEqualTo(agents);
    }
    for (Proven proven : sent.receipted().proven()) {
      LineOpening opening = bench.opening(proven.leaf()).orElseThrow();
      assertThat(opening)
          .isEqualTo(
              new LineOpening(
                  proven.leaf(), proven.salt(), proven.part(), sent.report().envelope()));
    }
  }

  @Test
  void aLeafBeyondTheLogIsNotLookedFor() {
    Bench one = new Bench();
    AtomicInteger reads = new AtomicInteger();
    RowStore rows = one.stores.rows();
    one.stores =
        new Stores(
            new RowStore() {
              @Override
              public Optional<Bytes> get(String key) throws IOException {
                reads.incrementAndGet();
                return rows.get(key);
              }

              @Override
              public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
                rows.scan(prefix, each);
              }

              @Override
              public void putAll(SortedMap<String, Bytes> images) throws IOException {
                rows.putAll(images);
              }
            },
            one.stores.log(),
            one.stores.register());
    one.open().approveOwner();
    one.agent(11);
    long size = one.entries().size();
    for (long leaf : new long[] {size, size + 1_000, Long.MAX_VALUE, -1}) {
      reads.set(0);
      assertThat(one.desk().openedLeaf(leaf)).isEmpty();
      assertThat(reads).as("leaf " + leaf).hasValue(0);
    }
    assertThat(one.opening(size - 1)).isPresent();
    one.close();
  }

  @Test
  void aRefusedLinkOrEnrolmentCostsNoKey() throws Exception {
    StubAgent agent = bench.agent(11);
    bench.link(agent);
    StubAgent erased = bench.agent(12);
    erase(bench.link(erased));
    DonorId last = bench.desk().openAccount().join().donor();
    String used = bench.desk().drawCode(last).join();
    bench.desk().link(bench.agent(13).link(used)).join();
    int keys = keysHeld(bench);
    long entries = bench.entries().size();
    for (int i = 0; i < 10; i++) {
      assertThat(slug(bench.desk().link(agent.link("AAAA-AAAA-AAAA")))).isEqualTo("409 bad-code");
      assertThat(slug(bench.desk().link(agent.link(used)))).isEqualTo("409 bad-code");
      assertThat(slug(bench.desk().link(erased.link(used)))).isEqualTo("410 agent-erased");
      assertThat(slug(bench.desk().enrol(erased.enrolment()))).isEqualTo("410 agent-erased");
      assertThat(slug(bench.desk().enrol(agent.unlink()))).startsWith("4");
      assertThat(slug(bench.desk().enrol(new StubAgent("log.example.org/x", 14 + i).enrolment())))
          .startsWith("4");
    }
    bench.desk().drawCode(last).join(); // another group, so that what was drawn would be flushed
    assertThat(keysHeld(bench)).isEqualTo(keys);
    assertThat(bench.entries()).hasSize((int) entries);
    bench.reopen();
    assertThat(keysHeld(bench)).isEqualTo(keys);
  }

  @Test
  void anAgentThatMovedEnrolsAfreshWhenItsOldEnrolmentWasErased() {
    bench.submit(5);
    StubAgent agent = bench.agent(11);
    DonorId first = bench.link(agent);
    DonorId second = bench.link(agent);
    erase(first);
    long entries = bench.entries().size();
    Receipted afresh = bench.desk().enrol(agent.enrolment()).join();
    assertThat(afresh.proven()).singleElement().extracting(Proven::leaf).isEqualTo(entries);
    assertThat(bench.opening(entries).orElseThrow().report()).isEqualTo(agent.enrolment());
    assertThat(bench.desk().enrol(agent.enrolment()).join().proven())
        .as("once")
        .extracting(Proven::leaf)
        .containsExactly(entries);
    bench.reopen();
    assertThat(work(agent, 1).leaves()).hasSize(1);
    erase(second);
    assertThat(slug(() -> bench.opening(entries))).isEqualTo("410 erased");
    assertThat(slug(bench.desk().enrol(agent.enrolment()))).isEqualTo("410 agent-erased");
  }

  @Test
  void theErasureKeepsWhatIsToBecomeOfTheDocuments() {
    DonorId kept = bench.desk().openAccount().join().donor();
    DonorId destroyed = bench.desk().openAccount().join().donor();
    DonorId later = bench.desk().openAccount().join().donor();
    bench.desk().erase(kept, REASON, true).join();
    bench.desk().erase(destroyed, REASON, false).join();
    bench.desk().erase(destroyed, REASON, true).join();
    bench.desk().erase(later, REASON, true).join();
    bench.desk().erase(later, REASON, false).join();
    bench.reopen();
    Map<DonorId, Boolean> keep = new java.util.HashMap<>();
    bench.desk().erasures().forEach(each -> keep.put(each.donor(), each.keepDocuments()));
    assertThat(keep).isEqualTo(Map.of(kept, true, destroyed, false, later, false));
  }

  @Test
  void aReasonAndADonorAreNeeded() {
    DonorId donor = bench.desk().openAccount().join().donor();
    assertThat(slug(bench.desk().erase(donor, " ", true))).isEqualTo("422 erasure-reason");
    assertThat(slug(bench.desk().erase(donor, "x".repeat(201), true)))
        .isEqualTo("422 erasure-reason");
    assertThat(slug(bench.desk().erase(DonorId.draw(bench.random), REASON, true)))
        .isEqualTo("404 unknown-donor");
    assertThat(bench.desk().isErased(donor)).isFalse();
  }

  @Test
  void noRowHoldsWhatOpensAnEntryInClear() throws Exception {
    bench.submit(5);
    StubAgent agent = bench.agent(11);
    bench.link(agent);
    Sent sent = work(agent, 3);
    StubAgent.Report fork = agent.report(List.of(linesOf(sent).get(0)), List.of());
    assertThat(slug(bench.desk().report(fork.envelope(), fork.outputs(), 0)))
        .as("kept as evidence")
        .isEqualTo("409 lease-already-logged");
    List<String> secrets = new ArrayList<>();
    sent.receipted().proven().forEach(proven -> secrets.add(proven.salt().toHex()));
    secrets.add(sent.report().envelope().payload().toHex());
    secrets.add(fork.envelope().payload().toHex());
    secrets.add(sent.report().envelope().signature().octets().toHex());
    secrets.add(Bytes.utf8("\"cpuMs\"").toHex());
    List<String> found = new ArrayList<>();
    for (String family : List.of("page/", "evidence/", "meta/", "own/", "settled/")) {
      String key = Bytes.of(agent.key.publicKey().toArray()).toHex();
      bench
          .stores
          .rows()
          .scan(
              family,
              (name, row) -> {
                String hex = row.toHex();
                secrets.stream().filter(hex::contains).forEach(s -> found.add(name + " " + s));
                if (hex.contains(key) || hex.contains(agent.id.toHex())) {
                  found.add(name + " names the agent");
                }
              });
    }
    assertThat(found).isEmpty();
    bench.stores.rows().scan("evidence/", (name, row) -> found.add(name));
    assertThat(found).as("evidence that was searched").hasSize(1);
  }

  private static List<org.almoner.protocol.usage.UsageLine> linesOf(Sent sent) throws Exception {
    return org.almoner.protocol.usage.VerifiedReport.of(sent.report().envelope()).report().lines();
  }

  @Test
  void aLeaseHasOneLineForEver() throws Exception {
    bench.submit(4);
    StubAgent agent = bench.agent(11);
    DonorId donor = bench.link(agent);
    StubAgent.Granted granted = agent.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    StubAgent.Report report = agent.honest(granted);

    // Through many connections at once, before it was ever answered.
    List<CompletableFuture<Receipted>> racing = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      racing.add(
          CompletableFuture.supplyAsync(
                  () -> bench.desk().report(report.envelope(), report.outputs(), 0))
              .thenCompose(sent -> sent));
    }
    List<List<Hash>> salts =
        racing.stream()
            .map(one -> one.join().proven().stream().map(Proven::salt).toList())
            .distinct()
            .toList();
    assertThat(salts).as("one salt for each line").hasSize(1);
    assertThat(usageLines()).isEqualTo(2);
    agent.logged(report);

    // After a restart, and with anything altered.
    bench.reopen();
    assertThat(bench.desk().report(report.envelope(), report.outputs(), 0).join().proven())
        .extracting(Proven::salt)
        .isEqualTo(salts.get(0));
    Sent sent = new Sent(agent, report, racing.get(0).join());
    StubAgent.Report shorter = agent.report(List.of(linesOf(sent).get(1)), List.of());
    assertThat(slug(bench.desk().report(shorter.envelope(), report.outputs(), 0)))
        .isEqualTo("409 lease-already-logged");
    var signature = agent.report(linesOf(sent), List.of()).envelope().signature();
    var forged =
        new org.almoner.protocol.envelope.Envelope(
            org.almoner.protocol.envelope.Envelope.Kind.USAGE_REPORT,
            report.envelope().payload(),
            report.envelope().signer(),
            signature);
    assertThat(slug(bench.desk().report(forged, report.outputs(), 0)))
        .isEqualTo("401 bad-signature");
    StubAgent thief = bench.agent(12);
    StubAgent.Report stolen = thief.report(linesOf(sent), List.of());
    assertThat(slug(bench.desk().report(stolen.envelope(), report.outputs(), 0)))
        .isEqualTo("409 lease-not-yours");

    // After the erasure, from the same key and from another.
    erase(donor);
    assertThat(slug(again(sent))).isEqualTo("410 erased");
    assertThat(slug(bench.desk().report(shorter.envelope(), report.outputs(), 0)))
        .isEqualTo("410 erased");
    assertThat(slug(bench.desk().report(stolen.envelope(), report.outputs(), 0)))
        .isEqualTo("409 lease-not-yours");
    bench.reopen();
    assertThat(slug(again(sent))).isEqualTo("410 erased");
    assertThat(usageLines()).isEqualTo(2);
  }

  private long usageLines() {
    return bench.entries().stream().filter(entry -> entry.kind() == Kind.USAGE).count();
  }

  @Test
  void aStoreFromBeforeOpeningsWereSealedIsRefusedInOneSentence() throws Exception {
    bench.close();
    Bytes known = bench.stores.rows().get("meta/openings").orElseThrow();
    bench.stores.rows().putAll(row("meta/openings", Row.REMOVED));
    assertThatThrownBy(bench::open)
        .hasRootCauseMessage(
            "the store was written by an earlier version, which kept what opens entries in clear,"
                + " and it cannot be sealed afterwards; begin with an empty data folder");
    bench.stores.rows().putAll(row("meta/openings", known));
    bench.openings = new MemoryKeyShelf();
    assertThatThrownBy(bench::open)
        .rootCause()
        .hasMessageContaining("keys/openings.keys is missing");
    bench.stores = new Bench().stores;
    bench.open();
  }

  private static SortedMap<String, Bytes> row(String key, Bytes image) {
    return new TreeMap<>(Map.of(key, image));
  }

  @ParameterizedTest
  @EnumSource(FaultyStores.Reach.class)
  void aStoreMayFailAtAnyWriteOfAnErasure(FaultyStores.Reach reach) throws Exception {
    boolean failed = true;
    int n = 0;
    while (failed) {
      n++;
      Bench one = new Bench();
      FaultyStores faults = new FaultyStores(one.stores, one.openings);
      one.stores = faults.stores();
      one.openings = faults.keys();
      one.open().approveOwner();
      one.submit(4);
      StubAgent agent = one.agent(11);
      StubAgent other = one.agent(12);
      DonorId donor = one.link(agent);
      DonorId left = one.link(other);
      Receipted gone = sent(one, agent);
      sent(one, other);
      List<LineOpening> whole = one.desk().openings(left);
      faults.failAt(n, reach);
      try {
        one.desk().erase(donor, REASON, true).join();
      } catch (CompletionException e) {
        assertThat(e).hasStackTraceContaining("the disk is gone");
      }
      failed = faults.heal();
      one.reopen();
      one.desk().erase(donor, REASON, true).join();
      assertThat(slug(() -> one.desk().openings(donor))).isEqualTo("410 erased");
      assertThat(one.desk().openings(left)).isEqualTo(whole);
      assertThat(one.desk().erasedLeaves())
          .containsExactlyElementsOf(gone.proven().stream().map(Proven::leaf).toList());
      assertThat(keysHeld(one)).as("of the other donor, and of its agent before").isEqualTo(1);
      assertThat(LogCheck.run(one.stores.log(), one.checkpoint())).isEmpty();
      one.close();
    }
    assertThat(n).as("stage, rows, key file, and none left to fail").isEqualTo(4);
  }

  private static Receipted sent(Bench bench, StubAgent agent) {
    StubAgent.Granted granted = agent.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    return agent.send(bench.desk(), agent.honest(granted));
  }

  /** Pieces of 64 octets behind the head of the key file. */
  private static int keysHeld(Bench bench) throws IOException {
    return bench.openings.read().orElseThrow().size() / 64 - 1;
  }

  @Test
  void theReasonIsKeptAndNothingElseOfTheDonorButThePseudonym() throws Exception {
    DonorId donor = bench.desk().openAccount().join().donor();
    bench.desk().drawCode(donor).join();
    erase(donor);
    List<String> naming = new ArrayList<>();
    for (String family : List.of("donor/", "token/", "code/", "erased/")) {
      bench.stores.rows().scan(family, (key, row) -> naming.add(key + " " + text(row)));
    }
    assertThat(naming)
        .filteredOn(row -> !row.endsWith("Institute")) // the owner's token
        .singleElement()
        .asString()
        .startsWith("erased/" + donor.toHex())
        .contains(REASON);
  }

  private static String text(Bytes row) {
    return new String(row.toArray(), StandardCharsets.ISO_8859_1);
  }
}
