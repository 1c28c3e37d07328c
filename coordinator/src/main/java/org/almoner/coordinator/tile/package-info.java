/**
 * How a store keeps tiles in one place each: the widest version, from which the narrower are cut.
 *
 * <p>Knows nothing of where it is kept.
 */
@NullMarked
package org.almoner.coordinator.tile;

import org.jspecify.annotations.NullMarked;
