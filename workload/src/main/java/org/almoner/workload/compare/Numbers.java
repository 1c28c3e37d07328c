package org.almoner.workload.compare;

import java.util.List;

/** All that one output holds of files that are compared as numbers. */
public final class Numbers {
  /** Of an output that has none. */
  public static final Numbers NONE = new Numbers(List.of());

  private final List<NumberTable> tables;

  Numbers(List<NumberTable> tables) {
    this.tables = List.copyOf(tables);
  }

  /** Whether every number is within the tolerance of its counterpart. */
  public boolean agreeWith(Numbers other) {
    if (tables.size() != other.tables.size()) {
      return false;
    }
    for (int i = 0; i < tables.size(); i++) {
      if (!tables.get(i).agreesWith(other.tables.get(i))) {
        return false;
      }
    }
    return true;
  }
}
