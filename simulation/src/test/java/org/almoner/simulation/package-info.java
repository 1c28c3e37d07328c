/**
 * Tests of the simulation itself, and what it shows of the platform.
 *
 * <p>Knows nothing that a run does not tell.
 */
@NullMarked
package org.almoner.simulation;

import org.jspecify.annotations.NullMarked;
