package org.almoner.ledger.append;

/**
 * A batch that is durable and will be in the log, whatever happens next. Made by {@link
 * Sequencer#stage}, used up by {@link Sequencer#publish}.
 */
public final class Prepared {
  private final Staged staged;

  Prepared(Staged staged) {
    this.staged = staged;
  }

  /** Index of the first entry of the batch. */
  public long firstIndex() {
    return staged.firstIndex();
  }

  /** Number of the group commit. */
  public long epoch() {
    return staged.epoch();
  }

  Staged staged() {
    return staged;
  }
}
