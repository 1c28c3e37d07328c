/**
 * Checkpoints, what a log says of itself at one size, and the proof files that rest on one.
 *
 * <p>Knows nothing of what an entry says, nor of how the tree is stored.
 */
@NullMarked
package org.almoner.ledger.checkpoint;

import org.jspecify.annotations.NullMarked;
