/**
 * Time that jumps from one event to the next, and chance that comes from a seed.
 *
 * <p>Knows nothing of what happens in it.
 */
@NullMarked
package org.almoner.simulation.world;

import org.jspecify.annotations.NullMarked;
