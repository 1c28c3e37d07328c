package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.validation.Answer;
import org.almoner.protocol.bytes.Bytes;

/**
 * Reads units as the store has them. Reads neighbours together, so ask in order; one thread at a
 * time.
 */
public final class UnitReader {
  private final RowStore store;
  private Optional<Chunk> last = Optional.empty();

  /** Reads from {@code store}. */
  public UnitReader(RowStore store) {
    this.store = store;
  }

  /** The unit, if a line of it was logged or a lease of it expired. */
  public Optional<Unit> find(Batch batch, long unit) throws IOException {
    return chunk(batch, Chunk.numberOf(unit)).flatMap(c -> c.find(unit));
  }

  /**
   * Agreed results of units from {@code from} on, before {@code to}.
   *
   * @param limit most results returned
   */
  public List<UnitResult> results(Batch batch, long from, long to, int limit) throws IOException {
    List<UnitResult> results = new ArrayList<>();
    for (long unit = from; unit < to && results.size() < limit; unit++) {
      Optional<Answer> agreed = find(batch, unit).flatMap(Unit::agreed);
      if (agreed.isPresent()) {
        results.add(new UnitResult(unit, agreed.get().output(), agreed.get().count()));
      }
    }
    return results;
  }

  private Optional<Chunk> chunk(Batch batch, long number) throws IOException {
    if (last.filter(c -> c.number() == number && c.batch().equals(batch.id())).isPresent()) {
      return last;
    }
    String name = Chunk.name(batch.id(), number);
    Optional<Bytes> row = store.get(Chunk.ENDED + name);
    if (row.isEmpty()) {
      row = store.get(Chunk.OPEN + name);
    }
    int size = Chunk.sizeOf(number, batch.units());
    last =
        Optional.of(
            row.isPresent()
                ? Chunk.parse(batch.id(), number, size, row.get())
                : new Chunk(batch.id(), number, size));
    return last;
  }
}
