package org.almoner.ledger.read;

import java.io.IOException;

/**
 * A tile or bundle that a log of that size must have is missing or damaged; the message names it.
 */
public final class TileUnreadable extends IOException {
  private static final long serialVersionUID = 1L;

  TileUnreadable(String message) {
    super(message);
  }
}
