package org.almoner.ledger.tile;

/** A tile path, tile or entry bundle breaks its format; the message says where. */
public final class MalformedTile extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public MalformedTile(String message) {
    super(message);
  }
}
