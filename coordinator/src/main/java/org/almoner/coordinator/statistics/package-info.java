/**
 * Totals of projects that are open to everybody: a sum is kept back until ten donors stand behind
 * it, and two of them do not outweigh the others.
 *
 * <p>Knows nothing of who a donor is, of units or of how outcomes come about.
 */
@NullMarked
package org.almoner.coordinator.statistics;

import org.jspecify.annotations.NullMarked;
