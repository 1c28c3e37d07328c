/**
 * The secrets that decide which lines are checked: drawn a day ahead, sealed in the log before
 * their day begins, opened when its lines have matured.
 *
 * <p>Knows nothing of agents, units or outcomes.
 */
@NullMarked
package org.almoner.coordinator.draw;

import org.jspecify.annotations.NullMarked;
