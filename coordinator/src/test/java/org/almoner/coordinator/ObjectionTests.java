package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.Standing;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.Lease;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A donor objects before a line is settled; the operator rules, and corrects afterwards. */
class ObjectionTests {
  private final Bench bench = new Bench();
  private StubAgent outvoted;
  private DonorId donor;

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    outvoted = bench.agent(11);
    donor = bench.link(outvoted);
    bench.submit(1);
    StubAgent second = bench.agent(12);
    StubAgent third = bench.agent(13);
    StubAgent.Granted wrong = outvoted.lease(bench.desk(), 1);
    StubAgent.Granted right = second.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    Lease lease = wrong.lease(0);
    outvoted.send(
        bench.desk(),
        outvoted.report(List.of(outvoted.line(wrong, lease, "other", 5, 0)), List.of("other")));
    second.send(bench.desk(), second.honest(right));
    StubAgent.Granted last = third.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    third.send(bench.desk(), third.honest(last));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private long leaf() {
    Standing standing = bench.desk().standing(donor);
    assertThat(standing.excluded()).hasSize(1);
    return standing.excluded().get(0).leaf();
  }

  private void mature() {
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
  }

  private ObjectionView object() {
    return bench.desk().lines().object(donor, leaf(), "It was right.").join();
  }

  private static Refusal refused(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    return (Refusal) (thrown instanceof Refusal ? thrown : thrown.getCause());
  }

  @Test
  void aLineWithAnObjectionRestsUntilTheOperatorHasRuled() throws Exception {
    long leaf = leaf();
    assertThat(object().state()).isEqualTo(ObjectionView.State.OPEN);
    bench.reopen();
    assertThat(bench.desk().lines().objections())
        .extracting(ObjectionView::words)
        .containsExactly("It was right.");
    assertThat(bench.desk().lines().objections())
        .extracting(ObjectionView::outcome)
        .containsExactly(Outcome.OUTPUT_DISAGREED);
    mature();
    mature();
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.NONE);
    bench.desk().lines().rule(leaf, true).join();
    assertThat(refused(() -> bench.desk().lines().rule(leaf, false).join()).problem().slug())
        .isEqualTo("ruled-before");
    bench.reopen();
    mature();
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.ACCEPTED_RULED);
    assertThat(bench.desk().lines().objections()).isEmpty();
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  @Test
  void aLineThatCountsByRulingStandsInTheStatistics() {
    long leaf = leaf();
    object();
    bench.desk().lines().rule(leaf, true).join();
    mature();
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.ACCEPTED_RULED);
    assertThat(sums()).as("of the only donor").isEqualTo(1);
  }

  /** Sums of projects that are not told yet. */
  private int sums() {
    List<String> found = new ArrayList<>();
    try {
      bench.stores.rows().scan("sum/", (key, row) -> found.add(key));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found.size();
  }

  @Test
  void aRulingBeforeMaturityHoldsToo() throws Exception {
    long leaf = leaf();
    object();
    bench.desk().lines().rule(leaf, false).join();
    mature();
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertThat(bench.desk().lines().objections()).isEmpty();
  }

  @Test
  void nobodyObjectsTwiceOrToASettledLineOrToAnothersLine() {
    long leaf = leaf();
    object();
    assertThat(refused(this::object).problem().slug()).isEqualTo("objected-before");
    assertThat(refused(() -> bench.desk().lines().object(donor, leaf + 1, "x")).problem().slug())
        .isEqualTo("not-found");
    assertThat(refused(() -> bench.desk().lines().object(donor, leaf, " ")).problem().slug())
        .isEqualTo("objection-words");
    DonorId stranger = bench.desk().openAccount().join().donor();
    assertThat(refused(() -> bench.desk().lines().object(stranger, leaf, "x")).problem().slug())
        .isEqualTo("not-found");
    bench.desk().lines().rule(leaf, false).join();
    mature();
    assertThat(refused(this::object).problem().slug()).isEqualTo("line-settled");
    assertThat(refused(() -> bench.desk().lines().rule(leaf, true).join()).problem().slug())
        .isEqualTo("not-found");
  }

  @Test
  void theWordsAreErasedWithTheirDonor() throws Exception {
    object();
    bench.desk().erase(donor, "asked", false).join();
    assertThat(bench.desk().lines().objections())
        .extracting(ObjectionView::words)
        .containsExactly("");
  }

  @Test
  void anErasedDonorsObjectionsKeepNoLineFromBeingSettled() throws Exception {
    long leaf = leaf();
    object();
    mature();
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.NONE);
    bench.desk().erase(donor, "asked", false).join();
    assertThat(bench.desk().lines().objections())
        .extracting(ObjectionView::state)
        .containsExactly(ObjectionView.State.DISMISSED);
    mature();
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.OUTPUT_DISAGREED);
    assertThat(bench.desk().lines().objections()).isEmpty();
  }

  private long settledLeaf() {
    List<Entry> entries = bench.entries();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE
          && Bench.outcome(entries, leaf) == Outcome.ACCEPTED) {
        return leaf;
      }
    }
    throw new AssertionError("no line counts");
  }

  @Test
  void aSettledLineIsVoidedAndReinstatedByTheDailySettlementAlone() throws Exception {
    long bad = leaf();
    mature();
    long good = settledLeaf();
    assertThatThrownBy(() -> bench.desk().lines().correct(List.of(good, bad), false, "x").join())
        .hasMessageContaining("line " + bad + " is not a settled line that counts");
    assertThat(bench.desk().lines().correct(List.of(good), false, "mistaken").join()).isEqualTo(1);
    long before = bench.entries().size();
    bench.reopen();
    assertThat(bench.entries()).hasSize((int) before);
    mature();
    assertThat(voided()).containsExactly(good);
    assertThatThrownBy(() -> bench.desk().lines().correct(List.of(good), false, "x").join())
        .hasMessageContaining("cannot be voided");
    bench.desk().lines().correct(List.of(good), true, "mistaken").join();
    bench.desk().lines().correct(List.of(good), false, "mistaken").join();
    mature();
    assertThat(voided()).as("both words cancel out").containsExactly(good);
    bench.desk().lines().correct(List.of(good), true, "mistaken").join();
    mature();
    assertThat(voided()).isEmpty();
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  private List<Long> voided() throws Exception {
    TreeSet<Long> voided = new TreeSet<>();
    for (Entry entry : bench.entries()) {
      if (entry.kind() == Kind.VOID || entry.kind() == Kind.REINSTATE) {
        Voiding voiding = Voiding.parse(entry);
        if (voiding.reinstates()) {
          voided.removeAll(voiding.leaves());
        } else {
          voided.addAll(voiding.leaves());
        }
      }
    }
    return List.copyOf(voided);
  }
}
