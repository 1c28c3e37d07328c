/**
 * Witnesses: those who sign a log's checkpoint only when it contains all that they signed before.
 *
 * <p>Knows nothing of entries, nor of how requests travel.
 */
@NullMarked
package org.almoner.ledger.witness;

import org.jspecify.annotations.NullMarked;
