package org.almoner.ledger.append;

import java.util.Map;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.TilePath;

/**
 * A batch that is published.
 *
 * @param firstIndex index of its first entry
 * @param checkpoint the checkpoint that covers it; the one before when the batch had no entries
 * @param tiles the hash tiles this batch touched, so that its proofs need no reading
 */
public record Committed(
    long firstIndex, SignedCheckpoint checkpoint, Map<TilePath, HashTile> tiles) {
  /** Copies the map. */
  public Committed {
    tiles = Map.copyOf(tiles);
  }

  /** Size of the log with this batch. */
  public long size() {
    return checkpoint.checkpoint().size();
  }
}
