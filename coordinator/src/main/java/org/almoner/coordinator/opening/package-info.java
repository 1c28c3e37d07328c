/**
 * Keys under which the openings of commitments are sealed, the one file they lie in, and their
 * destruction: whoever's key is gone has left commitments that say nothing.
 *
 * <p>Knows nothing of what is sealed, of agents, or of the log.
 */
@NullMarked
package org.almoner.coordinator.opening;

import org.jspecify.annotations.NullMarked;
