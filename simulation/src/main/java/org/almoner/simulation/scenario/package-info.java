/**
 * What a run is made of: who takes part, with what faults, for how long.
 *
 * <p>Knows nothing of how it comes out.
 */
@NullMarked
package org.almoner.simulation.scenario;

import org.jspecify.annotations.NullMarked;
