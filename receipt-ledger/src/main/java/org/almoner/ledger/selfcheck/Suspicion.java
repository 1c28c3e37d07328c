package org.almoner.ledger.selfcheck;

import org.almoner.ledger.check.Finding;

/** Something stored is not as it must be; a finding once it has been read a second time. */
final class Suspicion extends Exception {
  private static final long serialVersionUID = 1L;

  /** Stands for the index of an entry when the register is meant. */
  static final long REGISTER = -1;

  private final transient Finding finding;

  Suspicion(long index, String reason) {
    super(reason);
    this.finding = new Finding(index, reason);
  }

  Finding finding() {
    return finding;
  }
}
