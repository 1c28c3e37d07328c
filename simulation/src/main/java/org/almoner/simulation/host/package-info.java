/**
 * A volunteer's computer: when it is on, what it runs, and the real agent on its disk.
 *
 * <p>Knows nothing of how the coordinator decides.
 */
@NullMarked
package org.almoner.simulation.host;

import org.jspecify.annotations.NullMarked;
