package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.trials.liars.Actor;
import org.almoner.trials.liars.Books;
import org.almoner.trials.liars.TimedCoordinator;
import org.almoner.trials.load.RawEnvelope;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One liar after another, and honest agents beside them. Whatever the liar does, an auditor who
 * mirrors the log and adds up for himself finds nothing that counts for the liar's donor, a reason
 * that names the lie, and all that the honest ones gave.
 */
class LiarsTest {
  /** More than travels with a report. */
  private static final String LARGE = "a large answer ".repeat(2_000);

  @TempDir Path folder;
  private TimedCoordinator coordinator;
  private DonorId mallory;
  private DonorId ada;
  private DonorId bea;
  private Actor liar;
  private Actor honest;
  private Actor other;

  @BeforeEach
  void open() throws Exception {
    coordinator = new TimedCoordinator(folder.resolve("coordinator"), Rule.FILE);
    mallory = coordinator.donor();
    ada = coordinator.donor();
    bea = coordinator.donor();
    liar = Actor.of(coordinator, mallory);
    honest = Actor.of(coordinator, ada);
    other = Actor.of(coordinator, bea);
  }

  @AfterEach
  void close() {
    coordinator.close();
  }

  private Books books() throws Exception {
    return Books.of(coordinator, folder);
  }

  private static UsageLine with(UsageLine line, String field, long value) throws Exception {
    return UsageLine.parse(JsonFields.of(RawEnvelope.with(line.toJson(), field, value)));
  }

  private static UsageLine with(UsageLine line, String field, Hash value) throws Exception {
    return UsageLine.parse(JsonFields.of(RawEnvelope.with(line.toJson(), field, value.toHex())));
  }

  private static UsageLine withDevice(UsageLine line) throws Exception {
    JsonValue device = JsonValue.Obj.of().put("device", "Example 9000").put("ms", 1).build();
    return UsageLine.parse(
        JsonFields.of(RawEnvelope.with(line.toJson(), "gpus", RawEnvelope.array(device))));
  }

  private static void assertRefused(Caller.Reply reply, int status, String slug) throws Exception {
    Problem problem = Problem.parse(reply.fields());
    assertThat(problem.slug()).as(problem.detail()).isEqualTo(slug);
    assertThat(reply.status()).isEqualTo(status);
  }

  /** Nothing for the liar; {@code each} lines for the two honest donors. */
  private void assertOnlyTheHonestCount(Books books, long each) throws Exception {
    assertThat(books.counted(mallory)).as("the liar").isZero();
    assertThat(books.counted(ada)).as("ada").isEqualTo(each);
    assertThat(books.counted(bea)).as("bea").isEqualTo(each);
  }

  @Test
  void aWrongOutputIsOutvoted() throws Exception {
    coordinator.submit("One lies about the output.", 1);
    OutputBundle lie = Rule.output("a lie");
    long lied = liar.logged(Actor.answer(liar.lease(), lie), lie);
    honest.work();
    other.work();
    coordinator.settle();
    assertThat(books().outcome(lied)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void anInflatedCountIsOutvotedThoughTheOutputIsRight() throws Exception {
    coordinator.submit("One lies about the count.", 1);
    Envelope grant = liar.lease();
    UsageLine right = Actor.right(grant);
    OutputBundle output = Rule.output(Actor.only(grant));
    long lied = liar.logged(with(right, "count", right.count() * 10), output);
    honest.work();
    other.work();
    coordinator.settle();
    assertThat(books().outcome(lied)).isEqualTo(Outcome.COUNT_DISAGREED);
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void aCopiedAnswerIsRefused() throws Exception {
    coordinator.submit("One copies.", 1);
    Envelope grant = liar.lease();
    Envelope theirs = honest.lease();
    OutputBundle answer = Rule.output(LARGE);
    assertThat(honest.upload(answer)).startsWith("201 ");
    UsageLine copied = Actor.answer(theirs, answer);
    honest.logged(copied);

    // The digest alone, with what anyone can write down.
    UsageLine named = Actor.answer(grant, Rule.output("nothing"));
    UsageLine digestOnly = with(named, "output", answer.digest());
    assertRefused(liar.send(digestOnly), 422, "output-digest");
    // The octets too, but from somebody who had them for another lease.
    liar.upload(answer);
    assertRefused(liar.send(digestOnly), 422, "output-not-held");
    assertRefused(liar.send(with(digestOnly, "held", copied.held())), 422, "output-not-held");
    Hash ofAnother = Held.of(copied.lease(), liar.self().id(), Bytes.of(answer.encode()));
    assertRefused(liar.send(with(digestOnly, "held", ofAnother)), 422, "output-not-held");
    assertThat(coordinator.evidence()).isEqualTo(3);

    coordinator.pass(Duration.ofDays(2));
    Envelope anew = other.lease();
    other.upload(answer);
    other.logged(Actor.answer(anew, answer));
    coordinator.settle();
    assertThat(books().lines()).isEqualTo(2);
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void nobodyLearnsWhatOthersAnsweredBeforeItIsAgreed() throws Exception {
    String batch = coordinator.submit("One asks around.", 2);
    OutputBundle theirs = Rule.output(LARGE);
    OutputBundle guess = Rule.output(LARGE + "!");
    Envelope first = honest.lease();
    liar.lease();
    honest.upload(theirs);
    honest.logged(Actor.answer(first, theirs));
    assertThat(liar.upload(theirs).replace(size(theirs), ""))
        .as("an upload tells nothing")
        .isEqualTo(liar.upload(guess).replace(size(guess), ""));
    for (OutputBundle one : List.of(theirs, guess)) {
      String digest = one.digest().toHex();
      assertThat(coordinator.anyone().get("/api/v1/blobs/" + digest).status()).isEqualTo(404);
      assertThat(coordinator.anyone().get("/api/v1/outputs/" + digest).status()).isEqualTo(401);
      assertThat(coordinator.operator().get("/api/v1/outputs/" + digest).status()).isEqualTo(404);
      String ofUnit = "/api/v1/outputs/" + digest + "?unit=0&batch=" + batch;
      assertThat(coordinator.owner().get(ofUnit).status()).isEqualTo(404);
    }
    // A guess that somebody else sent is no more here than one that nobody did.
    Actor stranger = Actor.enrol(coordinator);
    Envelope grant = stranger.lease();
    UsageLine right = Actor.answer(grant, theirs);
    UsageLine wrong = Actor.answer(grant, Rule.output(LARGE + "?"));
    assertThat(detail(stranger.send(right)).replace(right.output().toHex(), ""))
        .isEqualTo(detail(stranger.send(wrong)).replace(wrong.output().toHex(), ""));

    coordinator.pass(Duration.ofDays(2));
    Envelope anew = other.lease();
    other.upload(theirs);
    other.logged(Actor.answer(anew, theirs));
    Caller.Result agreed = coordinator.owner().results(batch).get(0);
    assertThat(agreed.output()).isEqualTo(theirs.digest().toHex());
    assertThat(coordinator.owner().output(batch, agreed).good().body()).isEqualTo(theirs.encode());
    coordinator.settle();
    assertOnlyTheHonestCount(books(), 1);
  }

  private static String size(OutputBundle output) {
    return Integer.toString(output.encode().length);
  }

  private static String detail(Caller.Reply reply) throws Exception {
    return reply.status() + Problem.parse(reply.fields()).detail();
  }

  @Test
  void anotherAgentsReportIsWorthNothing() throws Exception {
    coordinator.submit("One repeats what it overheard.", 1);
    Envelope grant = liar.lease();
    Envelope theirs = honest.lease();
    UsageLine line = Actor.right(theirs);
    OutputBundle output = Rule.output(Actor.only(theirs));
    Envelope report = honest.self().report(honest.chain(), List.of(line));
    long leaf = Actor.leaves(liar.send(report, output).good()).get(0);
    assertThat(Actor.leaves(liar.send(report, output).good())).containsExactly(leaf);
    assertThat(books().lines()).as("sent twice, by somebody else: one line").isEqualTo(1);

    UsageReport said = UsageReport.parse(report.open());
    Envelope resigned = Envelope.sign(Envelope.Kind.USAGE_REPORT, said.toJson(), liar.self().key());
    assertRefused(liar.send(resigned, output), 401, "bad-signature");
    assertRefused(liar.send(line, output), 409, "lease-not-yours");
    Lease own = Actor.only(grant);
    UsageLine moved = with(with(line, "replica", own.id().replica()), "grant", grant.digest());
    assertRefused(liar.send(moved, output), 422, "output-not-held");

    coordinator.pass(Duration.ofDays(2));
    other.work();
    coordinator.settle();
    assertThat(books().outcome(leaf)).isEqualTo(Outcome.ACCEPTED);
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void timeThatCannotHavePassedIsRefused() throws Exception {
    coordinator.submit("One lies about time.", 1);
    Envelope grant = liar.lease();
    long hour = Duration.ofHours(1).toMillis();
    coordinator.pass(Duration.ofMinutes(10));
    UsageLine right = Actor.right(grant);
    OutputBundle output = Rule.output(Actor.only(grant));
    assertRefused(liar.send(with(right, "wallMs", hour), output), 422, "time-beyond-lease");
    assertRefused(liar.send(with(right, "cpuMs", hour), output), 422, "cpu-beyond-wall");
    UsageLine whole = with(with(right, "wallMs", hour / 6), "cpuMs", hour);
    assertRefused(liar.send(whole, output), 422, "cpu-beyond-wall");
    UsageLine early = with(right, "startMs", right.startMs() - hour);
    assertRefused(liar.send(early, output), 422, "time-outside-lease");
    UsageLine yesterday = with(early, "endMs", right.endMs() - hour);
    assertRefused(liar.send(yesterday, output), 422, "time-outside-lease");
    UsageLine late = with(right, "endMs", right.endMs() + hour);
    assertRefused(liar.send(late, output), 422, "time-outside-lease");
    UsageLine large = with(right, "memPeakBytes", SigningAgent.MEMORY_BYTES + 1);
    assertRefused(liar.send(large, output), 422, "memory-beyond-machine");
    UsageLine reserved = with(right, "memReservedBytes", (16L << 20) + 1);
    assertRefused(liar.send(reserved, output), 422, "memory-beyond-allotment");
    assertRefused(liar.send(withDevice(right), output), 422, "device-not-allotted");

    coordinator.pass(Duration.ofDays(2));
    assertRefused(liar.send(right, output), 409, "lease-expired");
    honest.work();
    other.work();
    coordinator.settle();
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void oneDonorNeverGetsBothReplicas() throws Exception {
    coordinator.submit("One donor has two computers.", 1);
    Actor second = Actor.of(coordinator, mallory);
    OutputBundle lie = Rule.output("made up");
    long lied = liar.logged(Actor.answer(liar.lease(), lie), lie);
    assertThat(second.ask(1)).isEmpty();
    second.unlink();
    honest.work();
    other.work();
    coordinator.settle();
    assertThat(books().outcome(lied)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void twoAgentsThatAreLinkedToOneDonorAfterwardsDidNotAgree() throws Exception {
    coordinator.submit("Two pretend to be strangers.", 2);
    List<Long> lied = twoAgreeOnALie();
    honest.work();
    other.work();
    coordinator.restart();
    coordinator.settle();
    assertThat(lied).extracting(books()::outcome).containsOnly(Outcome.SAME_DONOR);
    assertOnlyTheHonestCount(books(), 1);
  }

  /** Enrolled without a donor; linked once they have agreed. */
  private List<Long> twoAgreeOnALie() throws Exception {
    Actor one = Actor.enrol(coordinator);
    Actor two = Actor.enrol(coordinator);
    OutputBundle lie = Rule.output("made up");
    long first = one.logged(Actor.answer(one.lease(), lie), lie);
    long second = two.logged(Actor.answer(two.lease(), lie), lie);
    one.link(mallory);
    two.link(mallory);
    return List.of(first, second);
  }

  @Test
  void twoAgentsThatAreLinkedToOneDonorAfterTheSettlementDoNotCountEither() throws Exception {
    coordinator.submit("Two pretend to be strangers for long.", 2);
    Actor one = Actor.of(coordinator, mallory);
    Actor two = Actor.enrol(coordinator);
    OutputBundle lie = Rule.output("made up");
    long first = one.logged(Actor.answer(one.lease(), lie), lie);
    long second = two.logged(Actor.answer(two.lease(), lie), lie);
    honest.work();
    other.work();
    coordinator.settle();
    assertThat(List.of(first, second)).extracting(books()::outcome).containsOnly(Outcome.ACCEPTED);
    assertThat(books().counted(mallory)).as("as far as anyone knows").isEqualTo(1);
    two.link(mallory);
    assertOnlyTheHonestCount(books(), 1);
  }

  @Test
  void whatALiarLoggedBeforeItWasCaughtDoesNotCountThoughItLeaves() throws Exception {
    coordinator.submit("One builds up trust.", 4);
    long[] agreed = new long[3];
    for (int i = 0; i < agreed.length; i++) {
      agreed[i] = liar.work();
      honest.work();
    }
    OutputBundle lie = Rule.output("a lie");
    long lied = liar.logged(Actor.answer(liar.lease(), lie), lie);
    liar.unlink();
    honest.work();
    coordinator.restart();
    other.work();
    coordinator.restart();
    coordinator.settle();
    Books books = books();
    assertThat(books.outcome(lied)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    for (long leaf : agreed) {
      assertThat(books.outcome(leaf)).isEqualTo(Outcome.DISTRUSTED);
    }
    assertThat(books.counted(mallory)).isZero();
    assertThat(books.counted(ada)).as("its partner is not harmed").isEqualTo(4);
    assertThat(books.counted(bea)).isEqualTo(1);
    honestWorkAfterwardsCounts();
  }

  /** The donor of a computer that erred is not banned: the same key, linked again, works on. */
  private void honestWorkAfterwardsCounts() throws Exception {
    liar.link(mallory);
    coordinator.submit("Later work.", 1);
    liar.work();
    honest.work();
    coordinator.settle();
    assertThat(books().counted(mallory)).isEqualTo(1);
  }

  @Test
  void aTrialThatCannotFailProvesNothing() throws Exception {
    coordinator.submit("Nobody lies.", 1);
    liar.work();
    honest.work();
    coordinator.settle();
    assertThat(books().counted(mallory)).isEqualTo(1);
  }
}
