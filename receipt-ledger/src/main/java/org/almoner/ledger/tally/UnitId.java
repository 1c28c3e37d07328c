package org.almoner.ledger.tally;

import org.almoner.protocol.lease.BatchId;

/**
 * Names a unit of work, whichever replica of it is meant.
 *
 * @param index its place in the batch
 */
public record UnitId(BatchId batch, long index) {}
