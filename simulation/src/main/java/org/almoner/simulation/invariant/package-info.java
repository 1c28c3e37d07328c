/**
 * What must hold in every world, whatever goes wrong in it.
 *
 * <p>Knows nothing of how the world got there.
 */
@NullMarked
package org.almoner.simulation.invariant;

import org.jspecify.annotations.NullMarked;
