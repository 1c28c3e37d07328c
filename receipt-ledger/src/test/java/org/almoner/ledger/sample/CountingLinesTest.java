package org.almoner.ledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class CountingLinesTest {
  private final CountingLines lines = new CountingLines();
  private long index;

  private void take(Entry entry) {
    lines.entry(index++, entry.octets());
  }

  private static Entry voiding(boolean reinstates, Long... leaves) {
    return new Voiding(reinstates, List.of(leaves), "mistake").entry();
  }

  @Test
  void onlyWhatIsAcceptedAndNotVoidCounts() {
    for (int i = 0; i < 6; i++) {
      take(Commitment.of(Kind.USAGE, "log", Hash.ZERO, i, Hash.ZERO).entry());
    }
    take(
        new Settlement(
                0,
                List.of(
                    Outcome.ACCEPTED,
                    Outcome.OUTPUT_DISAGREED,
                    Outcome.ACCEPTED,
                    Outcome.STARTER,
                    Outcome.NONE,
                    Outcome.ACCEPTED))
            .entry());
    take(voiding(false, 0L, 5L));
    take(voiding(true, 5L));
    lines.entry(index, Bytes.utf8("no entry"));

    assertThat(lines.count()).isEqualTo(2);
    assertThat(lines.leaf(0)).isEqualTo(2);
    assertThat(lines.leaf(1)).isEqualTo(5);
    assertThatThrownBy(() -> lines.leaf(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void ranksGoOnOverFarRegions() {
    take(new Settlement(65_535, List.of(Outcome.ACCEPTED, Outcome.ACCEPTED)).entry());
    take(new Settlement(5_000_000_000L, List.of(Outcome.ACCEPTED)).entry());
    take(new Settlement(3, List.of(Outcome.ACCEPTED)).entry());

    assertThat(List.of(lines.leaf(0), lines.leaf(1), lines.leaf(2), lines.leaf(3)))
        .containsExactly(3L, 65_535L, 65_536L, 5_000_000_000L);
  }

  @Test
  void anEntryBelongsToTheLastDayBeforeIt() {
    PublicFacts facts = new PublicFacts();
    facts.entry(3, new Day(LocalDate.of(2026, 11, 20)).entry().octets());
    facts.entry(9, new Day(LocalDate.of(2026, 11, 21)).entry().octets());

    assertThat(facts.dayOf(2)).isEmpty();
    assertThat(facts.dayOf(8)).contains(LocalDate.of(2026, 11, 20));
    assertThat(facts.dayOf(9)).contains(LocalDate.of(2026, 11, 21));
    assertThat(facts.release(Hash.ZERO, SigningKey.of(new byte[32]).publicKey())).isEmpty();
  }
}
