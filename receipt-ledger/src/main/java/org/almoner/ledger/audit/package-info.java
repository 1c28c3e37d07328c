/**
 * What whoever was given openings can find out beyond a check of the log: that reports form chains,
 * that no lease and no line counts for two, and that totals follow from the log.
 *
 * <p>Knows nothing of files and documents.
 */
@NullMarked
package org.almoner.ledger.audit;

import org.jspecify.annotations.NullMarked;
