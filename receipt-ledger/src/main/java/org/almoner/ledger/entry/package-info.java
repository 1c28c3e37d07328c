/**
 * What a leaf of the log says: version, kind and body; commitments to private records, and public
 * records in clear.
 *
 * <p>Knows nothing of trees, of storage, or of who may add what.
 */
@NullMarked
package org.almoner.ledger.entry;

import org.jspecify.annotations.NullMarked;
