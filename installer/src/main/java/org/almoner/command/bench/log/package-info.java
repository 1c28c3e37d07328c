/**
 * What the ledger alone can bear: signed reports checked, committed to, made durable, published and
 * proved, in one process, and the figures that come of it.
 *
 * <p>Knows the writer, the journal and the log's readers; knows nothing of leases or HTTP but the
 * witnesses'.
 */
@NullMarked
package org.almoner.command.bench.log;

import org.jspecify.annotations.NullMarked;
