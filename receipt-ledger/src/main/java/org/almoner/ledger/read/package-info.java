/**
 * Reading a log: entries by index, and the proofs that place them in the tree.
 *
 * <p>Knows nothing of what an entry says, and trusts its source for nothing a proof can show.
 */
@NullMarked
package org.almoner.ledger.read;

import org.jspecify.annotations.NullMarked;
