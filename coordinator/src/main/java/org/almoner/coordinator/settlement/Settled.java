package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.Optional;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;

/**
 * Reads what settlements in the log have said, from the rows that keep it. Reads neighbours
 * together, so ask in order; one thread at a time.
 */
public final class Settled {
  private final RowStore store;
  private long number = -1;
  private Optional<SettledLeaves> row = Optional.empty();

  /** Reads from {@code store}. */
  public Settled(RowStore store) {
    this.store = store;
  }

  /** What became of the line at {@code leaf}; {@link Outcome#NONE} when it is not settled. */
  public Outcome outcome(long leaf) throws IOException {
    return row(leaf).map(leaves -> leaves.outcome(leaf)).orElse(Outcome.NONE);
  }

  /** Whether the line at {@code leaf} counted and was voided. */
  public boolean isVoid(long leaf) throws IOException {
    return row(leaf).filter(leaves -> leaves.isVoid(leaf)).isPresent();
  }

  private Optional<SettledLeaves> row(long leaf) throws IOException {
    long wanted = leaf / SettledLeaves.LEAVES;
    if (wanted != number) {
      Optional<Bytes> octets = store.get(SettledLeaves.key(wanted));
      row =
          octets.isEmpty()
              ? Optional.empty()
              : Optional.of(SettledLeaves.parse(wanted, octets.get()));
      number = wanted;
    }
    return row;
  }
}
