package org.almoner.ledger.check;

/**
 * One thing in a log that is not as it must be.
 *
 * @param index leaf at which it shows, the first one below when a tile is meant; the size of the
 *     log when the whole tree is meant
 * @param reason one sentence
 */
public record Finding(long index, String reason) {
  @Override
  public String toString() {
    return "entry " + index + ": " + reason;
  }
}
