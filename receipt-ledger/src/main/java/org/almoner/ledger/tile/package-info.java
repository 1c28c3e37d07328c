/**
 * The log as static resources: tiles of hashes and bundles of entries, their paths and octets.
 *
 * <p>Knows nothing of what an entry says, nor of where a resource is kept.
 */
@NullMarked
package org.almoner.ledger.tile;

import org.jspecify.annotations.NullMarked;
