/**
 * The one fold from logged lines and their openings to a donor's totals.
 *
 * <p>A statement is a pure function of a prefix of the log and of openings. Knows nothing of names,
 * of money, of who asks, or of where openings are kept.
 */
@NullMarked
package org.almoner.ledger.tally;

import org.jspecify.annotations.NullMarked;
