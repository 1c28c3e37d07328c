/**
 * How a computer's owner behaves, honest or not: what is made of a unit, and what comes next.
 *
 * <p>Knows nothing of leases, reports or the network.
 */
@NullMarked
package org.almoner.simulation.strategy;

import org.jspecify.annotations.NullMarked;
