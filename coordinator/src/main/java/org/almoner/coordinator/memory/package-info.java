/**
 * A store that lives as long as the process: for the simulation and for tests of other rooms.
 *
 * <p>Keeps every promise of the durable store but durability.
 */
@NullMarked
package org.almoner.coordinator.memory;

import org.jspecify.annotations.NullMarked;
