package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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

  /** Takes chunks of units. */
  @FunctionalInterface
  public interface Chunks {
    /**
     * The next chunk.
     *
     * @param key under which the row is kept once all of it has ended
     * @param units those that were ever leased
     */
    void chunk(String key, Bytes row, Collection<Unit> units) throws IOException;
  }

  /** Shows each chunk with a unit before {@code to} that has a row, in order. */
  public void chunks(Batch batch, long to, Chunks sink) throws IOException {
    for (long number = 0; number * Chunk.UNITS < to; number++) {
      Optional<Bytes> row = row(batch, number);
      if (row.isPresent()) {
        Chunk chunk = parse(batch, number, row.get());
        sink.chunk(Chunk.endedKey(batch.id(), number), row.get(), chunk.units());
      }
    }
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
    Optional<Bytes> row = row(batch, number);
    last =
        Optional.of(
            row.isPresent()
                ? parse(batch, number, row.get())
                : new Chunk(batch.id(), number, Chunk.sizeOf(number, batch.units())));
    return last;
  }

  private Optional<Bytes> row(Batch batch, long number) throws IOException {
    Optional<Bytes> ended = store.get(Chunk.endedKey(batch.id(), number));
    return ended.isPresent() ? ended : store.get(Chunk.openKey(batch.id(), number));
  }

  private static Chunk parse(Batch batch, long number, Bytes row) throws IOException {
    return Chunk.parse(batch.id(), number, Chunk.sizeOf(number, batch.units()), row);
  }
}
