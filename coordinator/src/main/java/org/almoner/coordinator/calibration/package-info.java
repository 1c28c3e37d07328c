/**
 * How fast computers are at each release: what the lowest rate is that is believed, and the log
 * entry that says so.
 *
 * <p>Knows nothing of what follows from a rate; that is the ledger's fold.
 */
@NullMarked
package org.almoner.coordinator.calibration;

import org.jspecify.annotations.NullMarked;
