/**
 * Figures of a run, and what many runs amount to.
 *
 * <p>Knows nothing of how a run is made.
 */
@NullMarked
package org.almoner.simulation.report;

import org.jspecify.annotations.NullMarked;
