package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.GpuUse;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is refused when reports come in, and that a refusal changes nothing.
 *
 * <p>Longer than most: one claim for each reason to refuse.
 */
class IntakeTests {
  private final Bench bench = new Bench();
  private StubAgent agent;
  private StubAgent.Granted granted;

  @BeforeEach
  void lease() {
    bench.open().approveOwner();
    bench.submit(8);
    agent = bench.agent(11);
    granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(1));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Problem refused(StubAgent.Report report) {
    return Bench.refusal(bench.desk().report(report.envelope(), report.outputs(), 0)).problem();
  }

  private void assertRefused(StubAgent.Report report, int status, String slug) {
    long size = bench.checkpoint().checkpoint().size();
    Problem problem = refused(report);
    assertThat(problem.slug()).as(problem.detail()).isEqualTo(slug);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(bench.checkpoint().checkpoint().size()).as("nothing is logged").isEqualTo(size);
  }

  private void assertLineRefused(UnaryOperator<UsageLine> change, int status, String slug) {
    assertRefused(agent.honest(granted, change), status, slug);
    agent.send(bench.desk(), agent.honest(granted));
  }

  @Test
  void anAgentNobodyEnrolledIsUnknown() {
    StubAgent stranger = new StubAgent(Bench.ORIGIN, 99);
    assertRefused(stranger.honest(granted), 404, "unknown-agent");
    assertThat(Bench.refusal(bench.desk().lease(stranger.request(1))).problem().slug())
        .isEqualTo("unknown-agent");
    assertThat(Bench.refusal(bench.desk().link(stranger.unlink())).problem().slug())
        .isEqualTo("unknown-agent");
  }

  @Test
  void aRecordForAnotherCoordinatorIsRefused() {
    StubAgent other = new StubAgent("other.example.org/2026", 11);
    assertRefused(other.honest(granted), 422, "wrong-origin");
    for (var answer :
        List.of(
            bench.desk().enrol(other.enrolment()),
            bench.desk().lease(other.request(1)),
            bench.desk().link(other.unlink()))) {
      assertThat(Bench.refusal(answer).problem().slug()).isEqualTo("wrong-origin");
    }
  }

  @Test
  void aSignatureThatDoesNotHoldIsRefused() {
    StubAgent.Report good = agent.honest(granted);
    Envelope e = good.envelope();
    StubAgent thief = new StubAgent(Bench.ORIGIN, 12);
    Envelope stolen = new Envelope(e.kind(), e.payload(), thief.key.publicKey(), e.signature());
    assertRefused(new StubAgent.Report(stolen, good.outputs()), 401, "bad-signature");
    PublicKey signer = e.signer();
    Envelope damaged =
        new Envelope(e.kind(), e.payload(), signer, thief.honest(granted).envelope().signature());
    assertRefused(new StubAgent.Report(damaged, good.outputs()), 401, "bad-signature");
  }

  @Test
  void aReportInTheNameOfAnotherAgentIsRefused() {
    StubAgent thief = bench.agent(12);
    UsageReport report = new UsageReport(Bench.ORIGIN, agent.id, 0, Hash.ZERO, List.of(line(0)));
    Envelope forged = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), thief.key);
    assertRefused(new StubAgent.Report(forged, Map.of()), 401, "bad-signature");
  }

  @Test
  void aPayloadThatIsNoReportIsMalformed() {
    JsonValue.Obj odd = JsonValue.Obj.of().put("origin", Bench.ORIGIN).build();
    Envelope envelope = Envelope.sign(Envelope.Kind.USAGE_REPORT, odd, agent.key);
    assertRefused(new StubAgent.Report(envelope, Map.of()), 400, "malformed");
  }

  @Test
  void aRecordSignedAsSomethingElseIsMalformed() {
    assertThat(Bench.refusal(bench.desk().enrol(agent.unlink())).problem().slug())
        .isEqualTo("malformed");
    assertThat(Bench.refusal(bench.desk().link(agent.request(1))).problem().slug())
        .isEqualTo("malformed");
    assertThat(Bench.refusal(bench.desk().lease(agent.enrolment())).problem().slug())
        .isEqualTo("malformed");
    assertRefused(new StubAgent.Report(agent.request(1), Map.of()), 400, "malformed");
    assertThat(
            Bench.refusal(bench.desk().submit(bench.release("1.0"), bench.release("1.0")))
                .problem()
                .slug())
        .isEqualTo("malformed");
  }

  @Test
  void theSameReportAgainGetsTheSameAnswer() {
    StubAgent.Report report = agent.honest(granted);
    Receipted first = agent.send(bench.desk(), report);
    long size = bench.checkpoint().checkpoint().size();
    Receipted again = bench.desk().report(report.envelope(), report.outputs(), 0).join();
    Receipted withoutOutputs = bench.desk().report(report.envelope(), Map.of(), 0).join();
    assertThat(again).isEqualTo(first);
    assertThat(withoutOutputs).isEqualTo(first);
    assertThat(bench.checkpoint().checkpoint().size()).isEqualTo(size);
    assertThat(first.proven()).extracting(Proven::part).containsExactly(0, 1, 2);
  }

  @Test
  void aConsistencyProofLeadsFromTheSizeTheAgentKnew() throws Exception {
    var known = bench.checkpoint().checkpoint();
    StubAgent.Report report = agent.honest(granted);
    Receipted receipted =
        bench.desk().report(report.envelope(), report.outputs(), known.size()).join();
    var now = bench.checkpoint().checkpoint();
    new org.almoner.ledger.tree.ConsistencyProof(receipted.consistency())
        .verify(known.size(), known.root(), now.size(), now.root());
  }

  @Test
  void anAgentThatHoldsALargerCheckpointIsToldToKeepIt() {
    StubAgent.Report report = agent.honest(granted);
    Problem problem =
        Bench.refusal(bench.desk().report(report.envelope(), report.outputs(), 1_000)).problem();
    assertThat(problem.slug()).isEqualTo("checkpoint-ahead");
    assertThat(problem.status()).isEqualTo(409);
  }

  @Test
  void anotherReportForALoggedLeaseIsKeptAsEvidence() {
    agent.send(bench.desk(), agent.honest(granted));
    StubAgent.Report other = agent.report(List.of(changedCount(line(0))), List.of(content(0)));
    assertRefused(other, 409, "lease-already-logged");
    assertThat(evidence()).hasSize(1);
    StubAgent.Granted more = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), agent.honest(more));
  }

  @Test
  void anotherReportOfAUsedNumberSuspendsTheKey() {
    StubAgent clone = new StubAgent(Bench.ORIGIN, 11);
    agent.send(bench.desk(), agent.honest(granted));
    StubAgent.Granted more = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    assertRefused(clone.honest(more), 409, "sequence-used");
    assertThat(evidence()).hasSize(1);
    assertRefused(agent.honest(more), 403, "agent-suspended");
    assertThat(Bench.refusal(bench.desk().lease(agent.request(1))).problem().slug())
        .isEqualTo("agent-suspended");
    assertThat(Bench.refusal(bench.desk().enrol(agent.enrolment())).problem().slug())
        .isEqualTo("agent-suspended");
    assertThat(bench.desk().outputBytesMax(agent.id)).isEmpty();
  }

  @Test
  void aReportThatFollowsAnotherHistorySuspendsTheKey() {
    agent.send(bench.desk(), agent.honest(granted));
    StubAgent.Granted more = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.prev = Hash.sha256(new byte[] {1});
    assertRefused(agent.honest(more), 409, "chain-forked");
    assertThat(evidence()).hasSize(1);
  }

  @Test
  void aGapIsTakenAndMayBeFilledOnce() {
    StubAgent.Report zero = agent.report(List.of(line(0)), List.of(content(0)));
    agent.logged(zero);
    StubAgent.Report one = agent.report(List.of(line(1)), List.of(content(1)));
    agent.send(bench.desk(), one);
    StubAgent late = new StubAgent(Bench.ORIGIN, 11);
    bench.desk().report(zero.envelope(), zero.outputs(), 0).join();
    StubAgent.Report again = late.report(List.of(line(2)), List.of(content(2)));
    assertRefused(again, 409, "sequence-used");
  }

  @Test
  void aLeaseOfAnotherAgentOrOfNobodyIsNotYours() {
    StubAgent other = bench.agent(12);
    StubAgent.Granted theirs = other.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    assertRefused(agent.honest(theirs), 409, "lease-not-yours");
    assertLineRefused(line -> with(line, b -> b.lease = lease(line, 7, 3)), 409, "lease-not-yours");
  }

  @Test
  void aLeaseOfAnUnknownBatchOrUnitIsNotYours() {
    assertRefused(
        agent.honest(granted, line -> with(line, b -> b.lease = lease(line, 1_000, 0))),
        409,
        "lease-not-yours");
    var nowhere = org.almoner.protocol.lease.BatchId.parseHex("00".repeat(8));
    assertLineRefused(
        line ->
            with(
                line,
                b ->
                    b.lease =
                        new org.almoner.protocol.lease.LeaseId(nowhere, line.lease().unit(), 0)),
        409,
        "lease-not-yours");
  }

  @Test
  void anExpiredLeaseIsRefusedAndLeasedAnew() {
    bench.clock.pass(Duration.ofMinutes(20));
    assertRefused(agent.honest(granted), 409, "lease-expired");
    StubAgent other = bench.agent(12);
    StubAgent.Granted anew = other.lease(bench.desk(), 3);
    assertThat(anew.grant().leases())
        .extracting(l -> l.id().unit(), l -> l.id().replica())
        .containsExactly(tuple(0L, 1), tuple(1L, 1), tuple(2L, 1));
    assertRefused(agent.honest(granted), 409, "lease-expired");
  }

  @Test
  void aLineThatNamesAnotherGrantReleaseOrMeterIsRefused() {
    assertRefused(
        agent.honest(granted, l -> with(l, b -> b.grant = Hash.ZERO)), 422, "grant-mismatch");
    assertRefused(
        agent.honest(granted, l -> with(l, b -> b.release = Hash.ZERO)), 422, "grant-mismatch");
    assertLineRefused(l -> with(l, b -> b.meter = "other/1"), 422, "grant-mismatch");
  }

  @Test
  void aStartBeforeTheGrantIsRefusedThoughTheEndIsRight() {
    assertLineRefused(
        l -> with(l, b -> b.startMs -= Duration.ofHours(1).toMillis()), 422, "time-outside-lease");
  }

  @Test
  void anEndBeforeTheGrantOrInTheFutureIsRefused() {
    long hour = Duration.ofHours(1).toMillis();
    assertRefused(
        agent.honest(granted, l -> with(l, b -> b.shift(-hour))), 422, "time-outside-lease");
    assertLineRefused(l -> with(l, b -> b.shift(hour)), 422, "time-outside-lease");
  }

  @Test
  void moreWallTimeThanPassedIsRefused() {
    assertLineRefused(l -> with(l, b -> b.wallMs = 10_000), 422, "time-beyond-lease");
  }

  @Test
  void moreCpuTimeThanTheGrantedCoresGiveIsRefused() {
    assertLineRefused(l -> with(l, b -> b.cpuMs = 900 * 2 + 501), 422, "cpu-beyond-wall");
  }

  @Test
  void moreMemoryThanTheMachineHasIsRefused() {
    assertLineRefused(
        l -> with(l, b -> b.memPeakBytes = StubAgent.MEMORY_BYTES + 1),
        422,
        "memory-beyond-machine");
  }

  @Test
  void moreMemorySetAsideThanAllottedIsRefused() {
    assertLineRefused(
        l -> with(l, b -> b.memReservedBytes = (1 << 20) + 1), 422, "memory-beyond-allotment");
  }

  @Test
  void aDeviceThatNoWasmUnitIsGivenIsRefused() {
    assertLineRefused(
        l -> with(l, b -> b.gpus = List.of(new GpuUse("Example 9000", 0))),
        422,
        "device-not-allotted");
  }

  @Test
  void moreEnergyThanThePowerOfWhatWasGrantedIsRefused() {
    assertLineRefused(
        l ->
            with(
                l,
                b ->
                    b.energies =
                        List.of(
                            new Energy((l.wallMs() + 500) * 2 * 100 / 1_000 + 1, Energy.Tier.M1))),
        422,
        "energy-beyond-power");
  }

  @Test
  void anOutputThatIsMissingOrAnotherIsRefused() {
    StubAgent.Report good = agent.honest(granted);
    assertRefused(new StubAgent.Report(good.envelope(), Map.of()), 422, "output-digest");
    Map<Hash, Bytes> swapped = new java.util.TreeMap<>();
    good.outputs()
        .forEach((digest, b) -> swapped.put(digest, Bytes.of(StubAgent.bundle("lie").encode())));
    assertRefused(new StubAgent.Report(good.envelope(), swapped), 422, "output-digest");
    Map<Hash, Bytes> noBundle = new java.util.TreeMap<>();
    good.outputs().forEach((digest, b) -> noBundle.put(digest, Bytes.utf8("no bundle")));
    assertRefused(new StubAgent.Report(good.envelope(), noBundle), 422, "output-digest");
    Map<Hash, Bytes> more = new java.util.TreeMap<>(good.outputs());
    more.put(StubAgent.bundle("x").digest(), Bytes.of(StubAgent.bundle("x").encode()));
    assertRefused(new StubAgent.Report(good.envelope(), more), 422, "output-digest");
    agent.send(bench.desk(), good);
  }

  @Test
  void anOutputTooLargeToTravelIsRefusedAndTakenAsABlob() {
    String large = "x".repeat(17_000);
    UsageLine line = agent.line(granted, granted.lease(0), large, 5, 0);
    StubAgent.Report inline = agent.report(List.of(line), List.of(large));
    assertRefused(inline, 413, "output-too-large");
    bench.blobs.put(StubAgent.bundle(large).encode());
    StubAgent.Report onShelf = new StubAgent.Report(inline.envelope(), Map.of());
    assertRefused(onShelf, 422, "output-digest");
    bench.blobs.send(agent.id, StubAgent.bundle(large).encode());
    agent.send(bench.desk(), new StubAgent.Report(inline.envelope(), Map.of()));
  }

  @Test
  void noBlobIsReadForWhoHasNotLeasedEveryLine() {
    String large = "x".repeat(17_000);
    StubAgent stranger = new StubAgent(Bench.ORIGIN, 12);
    for (StubAgent sender : List.of(stranger, agent)) {
      bench.blobs.send(sender.id, StubAgent.bundle(large).encode());
    }
    UsageLine theirs = stranger.line(granted, granted.lease(0), large, 5, 0);
    assertRefused(stranger.report(List.of(theirs), List.of()), 404, "unknown-agent");
    UsageLine leased = agent.line(granted, granted.lease(0), large, 5, 0);
    UsageLine invented = with(leased, b -> b.lease = lease(leased, 7, 3));
    assertRefused(agent.report(List.of(leased, invented), List.of()), 409, "lease-not-yours");
    assertThat(bench.blobs.readers).isEmpty();
    agent.send(bench.desk(), agent.report(List.of(leased), List.of()));
    assertThat(bench.blobs.readers).containsExactly("almoner-outputs");
  }

  @Test
  void aReportOfABlobSentAgainGetsItsAnswer() {
    String large = "x".repeat(17_000);
    bench.blobs.send(agent.id, StubAgent.bundle(large).encode());
    UsageLine line = agent.line(granted, granted.lease(0), large, 5, 0);
    StubAgent.Report report = agent.report(List.of(line), List.of());
    List<Long> leaves = leaves(report);
    assertThat(leaves(report)).isEqualTo(leaves);
    bench.clock.pass(Duration.ofHours(1));
    bench.desk().tick().join();
    assertThat(leaves(report)).as("also when its grant is over").isEqualTo(leaves);
    bench.reopen();
    assertThat(leaves(report)).isEqualTo(leaves);
  }

  private List<Long> leaves(StubAgent.Report report) {
    return bench.desk().report(report.envelope(), Map.of(), 0).join().proven().stream()
        .map(proven -> proven.leaf())
        .toList();
  }

  @Test
  void aBlobOfMoreThanTheUnitsDiskIsRefused() {
    String most = "x".repeat(1 << 20);
    for (String content : List.of(most + "x", most)) {
      bench.blobs.send(agent.id, StubAgent.bundle(content).encode());
    }
    UsageLine more = agent.line(granted, granted.lease(0), most + "x", 5, 0);
    assertRefused(agent.report(List.of(more), List.of()), 422, "output-digest");
    UsageLine fits = agent.line(granted, granted.lease(0), most, 5, 0);
    agent.send(bench.desk(), agent.report(List.of(fits), List.of()));
  }

  @Test
  void anOutputThatWasNotInItsAgentsHandsIsRefusedAndTheReportKept() {
    UsageLine good = line(0);
    assertLineRefused(l -> with(l, b -> b.held = Hash.ZERO), 422, "output-not-held");
    assertThat(evidence()).hasSize(1);
    assertThat(good.held()).isNotEqualTo(line(1).held());
  }

  @Test
  void whatWasHeldForAnotherLeaseOrByAnotherAgentOrAsABlobIsRefused() {
    UsageLine other = line(1);
    assertRefused(
        agent.honest(granted, l -> with(l, b -> b.held = other.held())), 422, "output-not-held");
    StubAgent copied = new StubAgent(Bench.ORIGIN, 12);
    UsageLine theirs = copied.line(granted, granted.lease(0), content(0), 1, 0);
    assertThat(theirs.output()).isEqualTo(line(0).output());
    assertRefused(
        agent.report(List.of(with(line(0), b -> b.held = theirs.held())), List.of(content(0))),
        422,
        "output-not-held");
    String large = "x".repeat(17_000);
    bench.blobs.send(agent.id, StubAgent.bundle(large).encode());
    UsageLine blob = agent.line(granted, granted.lease(0), large, 5, 0);
    UsageLine again = agent.line(granted, granted.lease(1), large, 5, 0);
    UsageLine wrong = with(again, b -> b.held = blob.held());
    StubAgent.Report mixed = agent.report(List.of(blob, wrong), List.of());
    assertRefused(mixed, 422, "output-not-held");
    agent.send(bench.desk(), agent.report(List.of(blob, again), List.of()));
  }

  @Test
  void anEmptyOutputIsHeldToo() {
    UsageLine empty = agent.line(granted, granted.lease(0), content(0), 1, 256);
    Hash nothing = new org.almoner.protocol.result.OutputBundle(List.of()).digest();
    UsageLine wrong =
        with(
            empty,
            b -> {
              b.output = nothing;
              b.held = empty.held();
            });
    assertRefused(agent.report(List.of(wrong), List.of()), 422, "output-not-held");
    Bytes octets = Bytes.of(new org.almoner.protocol.result.OutputBundle(List.of()).encode());
    UsageLine right = with(wrong, b -> b.held = Held.of(wrong.lease(), agent.id, octets));
    agent.send(bench.desk(), agent.report(List.of(right), List.of()));
  }

  @Test
  void aRefusedReportLeavesItsNumberFree() {
    assertRefused(
        agent.honest(granted, l -> with(l, b -> b.meter = "other/1")), 422, "grant-mismatch");
    agent.send(bench.desk(), agent.honest(granted));
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.USAGE)).hasSize(3);
  }

  private List<String> evidence() {
    List<String> keys = new ArrayList<>();
    RowStore rows = bench.stores.rows();
    try {
      rows.scan("evidence/", (key, row) -> keys.add(key));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    return keys;
  }

  private String content(int index) {
    return StubAgent.answer(granted.lease(index));
  }

  private UsageLine line(int index) {
    String content = content(index);
    return agent.line(granted, granted.lease(index), content, content.length() * 1_000L, 0);
  }

  private static UsageLine changedCount(UsageLine line) {
    return with(line, b -> b.count++);
  }

  private static org.almoner.protocol.lease.LeaseId lease(UsageLine line, long unit, int replica) {
    return new org.almoner.protocol.lease.LeaseId(
        line.lease().batch(), unit + line.lease().unit(), replica);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  /** A line's fields, to change one or two. */
  private static final class Fields {
    org.almoner.protocol.lease.LeaseId lease;
    Hash grant;
    Hash release;
    String meter;
    long startMs;
    long endMs;
    long wallMs;
    long cpuMs;
    long memPeakBytes;
    long memReservedBytes;
    List<GpuUse> gpus = List.of();
    long count;
    List<Energy> energies = List.of();
    Hash output;
    Hash held;

    void shift(long ms) {
      startMs += ms;
      endMs += ms;
    }
  }

  private static UsageLine with(UsageLine line, java.util.function.Consumer<Fields> change) {
    Fields f = new Fields();
    f.lease = line.lease();
    f.grant = line.grant();
    f.release = line.release();
    f.meter = line.meter();
    f.startMs = line.startMs();
    f.endMs = line.endMs();
    f.wallMs = line.wallMs();
    f.cpuMs = line.cpuMs();
    f.memPeakBytes = line.memPeakBytes();
    f.memReservedBytes = line.memReservedBytes();
    f.gpus = line.gpus();
    f.count = line.count();
    f.output = line.output();
    f.held = line.held();
    change.accept(f);
    return new UsageLine(
        f.lease,
        f.grant,
        f.release,
        f.meter,
        f.startMs,
        f.endMs,
        f.wallMs,
        f.cpuMs,
        f.memPeakBytes,
        line.memMeanBytes(),
        f.memReservedBytes,
        f.gpus,
        f.count,
        f.output,
        f.held,
        line.exit(),
        f.energies);
  }
}
