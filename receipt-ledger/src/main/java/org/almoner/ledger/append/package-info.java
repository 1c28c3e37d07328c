/**
 * The one writer of a log: it makes a batch durable, grows the tree, signs and publishes.
 *
 * <p>Knows nothing of what an entry says, nor of who reads the log.
 */
@NullMarked
package org.almoner.ledger.append;

import org.jspecify.annotations.NullMarked;
