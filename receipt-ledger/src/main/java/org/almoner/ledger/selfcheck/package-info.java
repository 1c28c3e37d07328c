/**
 * The audit a log's own coordinator keeps up in the background: everything stored, hashed again,
 * round after round.
 *
 * <p>Knows nothing of what an entry says, of time or of threads: its caller says when it takes the
 * next step.
 */
@NullMarked
package org.almoner.ledger.selfcheck;

import org.jspecify.annotations.NullMarked;
