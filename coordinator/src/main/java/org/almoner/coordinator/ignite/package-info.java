/**
 * Rows, tiles and the checkpoint register in an embedded Apache Ignite whose write-ahead log is
 * synced before every acknowledgment.
 *
 * <p>The only room that imports Ignite. Knows nothing of what the octets mean.
 */
@NullMarked
package org.almoner.coordinator.ignite;

import org.jspecify.annotations.NullMarked;
