package org.almoner.ledger.check;

import org.almoner.protocol.bytes.Bytes;

/** Looks on while a log is checked. */
@FunctionalInterface
public interface EntryWatcher {
  /**
   * The next entry was read; entries come in the order of the log, those of a damaged bundle not at
   * all.
   *
   * @param octets the entry as the log has it, which need not be a well-formed one
   */
  void entry(long index, Bytes octets);

  /** Both of them, this one first. */
  default EntryWatcher and(EntryWatcher other) {
    return (index, octets) -> {
      entry(index, octets);
      other.entry(index, octets);
    };
  }
}
