/**
 * The real coordinator on stores in memory that can fail, and the work it hands out.
 *
 * <p>Knows nothing of agents or of the network.
 */
@NullMarked
package org.almoner.simulation.server;

import org.jspecify.annotations.NullMarked;
