package org.almoner.workload.spec;

import org.almoner.workload.batch.BatchUnits;

/** How a workload file says what its units are. */
public sealed interface UnitSource {
  /**
   * Units of this kind, to see what arguments may ask for; these very units where they are known.
   */
  BatchUnits example();

  /**
   * A stretch of whole numbers to each unit.
   *
   * @param range the numbers
   */
  record Numbers(BatchUnits.Range range) implements UnitSource {
    @Override
    public BatchUnits example() {
      return range;
    }
  }

  /**
   * A file to each unit.
   *
   * @param pattern where the files lie
   */
  record Folder(FilePattern pattern) implements UnitSource {
    @Override
    public BatchUnits example() {
      return FilePattern.EXAMPLE;
    }
  }
}
