/**
 * What really happened to each unit: what its answer is, who computed it and what that took.
 *
 * <p>Knows nothing of what was reported, believed or logged.
 */
@NullMarked
package org.almoner.simulation.truth;

import org.jspecify.annotations.NullMarked;
