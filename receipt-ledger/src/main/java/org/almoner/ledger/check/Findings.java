package org.almoner.ledger.check;

import java.util.ArrayList;
import java.util.List;

/** The findings of one check, in the order of the log, up to a limit. */
final class Findings {
  private final List<Finding> list = new ArrayList<>();

  void add(long index, String reason) {
    if (!full()) {
      list.add(new Finding(index, reason));
    }
  }

  boolean full() {
    return list.size() >= LogCheck.FINDINGS_MAX;
  }

  List<Finding> list() {
    return List.copyOf(list);
  }
}
