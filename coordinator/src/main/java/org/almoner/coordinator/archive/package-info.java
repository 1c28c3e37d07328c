/**
 * Batches that are over: their rows in a file each, out of the store, and still read like rows.
 *
 * <p>Knows when nothing of a batch can change any more; nothing of who reads it.
 */
@NullMarked
package org.almoner.coordinator.archive;

import org.jspecify.annotations.NullMarked;
