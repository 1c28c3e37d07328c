package org.almoner.workload.spec;

import java.util.Optional;
import org.almoner.workload.batch.BatchUnits;

/** How a workload file says what its units are. */
public sealed interface UnitSource {
  /**
   * Units of this kind, to see what arguments may ask for; these very units where they are known.
   * Empty when a file has to be read first.
   */
  Optional<BatchUnits> example();

  /**
   * A stretch of whole numbers to each unit.
   *
   * @param range the numbers
   */
  record Numbers(BatchUnits.Range range) implements UnitSource {
    @Override
    public Optional<BatchUnits> example() {
      return Optional.of(range);
    }
  }

  /**
   * A file to each unit.
   *
   * @param pattern where the files lie
   */
  record Folder(FilePattern pattern) implements UnitSource {
    @Override
    public Optional<BatchUnits> example() {
      return Optional.of(FilePattern.EXAMPLE);
    }
  }

  /**
   * A row of a table to each unit.
   *
   * @param file the table, comma-separated, with the columns' names in its first line
   */
  record Rows(FilePath file) implements UnitSource {
    @Override
    public Optional<BatchUnits> example() {
      return Optional.empty();
    }
  }
}
