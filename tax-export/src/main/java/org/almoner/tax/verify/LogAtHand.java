package org.almoner.tax.verify;

import org.almoner.ledger.tile.TileSource;

/**
 * A log as a reader found it, unproved.
 *
 * @param checkpoint its newest, a signed note
 */
record LogAtHand(TileSource tiles, String checkpoint) {}
