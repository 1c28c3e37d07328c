package org.almoner.coordinator;

import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;

/**
 * Where a coordinator keeps everything but blobs.
 *
 * @param rows its own state
 * @param log tiles and the one batch in flight
 * @param register the newest checkpoint
 */
public record Stores(RowStore rows, LogStore log, CheckpointRegister register) {}
