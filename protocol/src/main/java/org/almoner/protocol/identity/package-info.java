/**
 * Who signs: Ed25519 keys, signatures and the identifiers derived from them.
 *
 * <p>The only room that imports Bouncy Castle's Ed25519. Knows nothing of where keys are stored.
 */
@NullMarked
package org.almoner.protocol.identity;

import org.jspecify.annotations.NullMarked;
