package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.ledger.check.CheckedLog;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that follows a closed one says so at its beginning, once. */
class SuccessionTests {
  /** More writes than a first start makes. */
  private static final int WRITES_MAX = 30;

  private static Succession closed(String origin) throws Exception {
    Ed25519NoteSigner signer =
        new Ed25519NoteSigner(origin, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
    SignedCheckpoint end =
        SignedCheckpoint.sign(new Checkpoint(origin, 41, Hash.ZERO), List.of(signer));
    return Succession.of(List.of(signer.verifier()), end.note(), "lost");
  }

  private static Bench following(String closed) throws Exception {
    Bench bench = new Bench();
    bench.config = bench.config.after(List.of(closed(closed)));
    return bench;
  }

  private static void assertNamedOnce(Bench bench) throws Exception {
    assertThat(bench.entries())
        .extracting(Entry::kind)
        .startsWith(Kind.DAY, Kind.POLICY, Kind.SUCCESSION)
        .containsOnlyOnce(Kind.SUCCESSION);
    CheckedLog checked = LogCheck.run(bench.stores.log(), bench.checkpoint(), (index, entry) -> {});
    assertThat(checked.findings()).isEmpty();
    assertThat(checked.succeeds()).containsExactly(closed("log.example/2025"));
  }

  @Test
  void theClosedLogIsNamedInTheFirstEntriesAndNeverAgain() throws Exception {
    Bench bench = following("log.example/2025").open();
    assertNamedOnce(bench);
    bench.agent(11);
    bench.reopen();
    bench.config = bench.config.after(List.of(closed("log.example/2024")));
    bench.reopen();
    assertNamedOnce(bench);
    bench.close();
  }

  @Test
  void aLogThatHasBegunIsNotToldAfterwardsWhatItFollows() throws Exception {
    Bench bench = new Bench().open();
    bench.config = bench.config.after(List.of(closed("log.example/2025")));
    bench.reopen();
    assertThat(bench.entries()).extracting(Entry::kind).doesNotContain(Kind.SUCCESSION);
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(FaultyStores.Reach.class)
  void aFirstStartThatEndsAtAnyWriteIsDoneAgainAndNamesItOnce(FaultyStores.Reach reach)
      throws Exception {
    int write = 1;
    for (boolean failed = true; failed; write++) {
      assertThat(write).isLessThan(WRITES_MAX);
      Bench bench = following("log.example/2025");
      Stores whole = bench.stores;
      MemoryKeyShelf keys = new MemoryKeyShelf();
      FaultyStores faults = new FaultyStores(whole, keys);
      bench.stores = faults.stores();
      bench.openings = faults.keys();
      faults.failAt(write, reach);
      boolean opened = opens(bench);
      failed = faults.heal();
      assertThat(opened).isEqualTo(!failed);
      if (opened) {
        bench.close();
      }
      bench.stores = whole;
      bench.openings = keys;
      assertNamedOnce(bench.open());
      bench.close();
    }
    assertThat(write).as("writes of a first start").isGreaterThan(5);
  }

  private static boolean opens(Bench bench) {
    try {
      bench.open();
      return true;
    } catch (AssertionError | CompletionException stopped) {
      return false;
    }
  }
}
