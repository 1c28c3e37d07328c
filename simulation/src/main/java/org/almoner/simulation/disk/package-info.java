/**
 * The disk of a computer that can lose power, or be put back to an older copy.
 *
 * <p>Knows nothing of what is written on it.
 */
@NullMarked
package org.almoner.simulation.disk;

import org.jspecify.annotations.NullMarked;
