/**
 * The Merkle tree of RFC 6962 over SHA-256: its hashes, its growing right edge and its two proofs.
 *
 * <p>Knows nothing of what an entry says, where hashes are stored or who signs a root.
 */
@NullMarked
package org.almoner.ledger.tree;

import org.jspecify.annotations.NullMarked;
