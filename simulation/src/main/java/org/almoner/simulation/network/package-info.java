/**
 * What becomes of a request between an agent and the coordinator.
 *
 * <p>Knows nothing of why a request is made.
 */
@NullMarked
package org.almoner.simulation.network;

import org.jspecify.annotations.NullMarked;
